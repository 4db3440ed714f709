"""The page that ends an installation, well or badly."""

from html import escape

from starlette.responses import HTMLResponse

from cards.words import Words

_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1.5rem }}
h1 {{ font-size: 1.4rem }}
</style>
<main>
<h1>{title}</h1>
<p>{text}</p>
<p><a href="/slack/install">{again}</a></p>
</main>
</html>
"""


def page(title: str, text: str, words: Words, *, status: int = 200) -> HTMLResponse:
    """One sentence with a title, in the reader's language; what went wrong can be begun again from it."""
    html = _PAGE.format(
        language="zh-Hans" if words.language == "zh_Hans" else "en",
        title=escape(title),
        text=escape(text),
        again=escape(words("Add to a Slack workspace")),
    )
    return HTMLResponse(html, status_code=status, headers=_HEADERS)
