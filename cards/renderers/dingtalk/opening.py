"""Where links open: a customer's page in the panel beside the conversation, everything else as DingTalk likes.

https://open.dingtalk.com/document/orgapp/message-link-description: ``pc_slide`` opens in the desktop's side panel;
phones take the same link and open it as a page of theirs.
"""

from urllib.parse import quote

from core.ids import looks_like_id

_LINK = "dingtalk://dingtalkclient/page/link?url="
_SLIDE = "&pc_slide=true"


def side_link(url: str) -> str:
    """A link that opens the address beside the conversation."""
    return f"{_LINK}{quote(url, safe='')}{_SLIDE}"


def opened(url: str) -> str:
    """The link to put into a message for an address."""
    before, _, customer_id = url.rpartition("/")
    return side_link(url) if before.endswith("/c") and looks_like_id(customer_id) else url
