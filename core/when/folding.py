"""Spellings folded one character to one, so that a position in the folded text is a position in the text."""

from string import ascii_lowercase, ascii_uppercase

# Traditional characters (and Cantonese or Japanese forms) that occur in words of time, money and sales.
_TRADITIONAL = (
    "點点後后週周禮礼號号個个鐘钟時时間间兩两這这為为從从過过內内數数萬万億亿晝昼尋寻聽听當当會会"
    "開开關关報报價价談谈訪访進进聯联繫系發发電电話话見见議议單单贏赢輸输簽签約约戶户復复回回"
    "幾几來来馬马邊边農农陰阴陽阳曆历歷历舊旧慶庆鍾钟臘腊閏闰遲迟實实準准臨临經经張张離离線线業业請请"
    "醒醒給给對对總总買买賣卖貨货陸陆參参圓圆塊块錢钱幣币歐欧鎊镑歲岁節节國国聖圣誕诞勞劳動动"
    "兒儿婦妇師师夜夜還还剛刚餘余現现雙双貳贰壹壹〇零初初結结束束丟丢確确認认寫写資资樣样試试審审"
)
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_MARKS = {
    "　": " ",
    "\u00a0": " ",
    "\u2009": " ",
    "’": "'",
    "‘": "'",
    "–": "-",
    "—": "-",
    "−": "-",
    "、": ",",
    "～": "~",
}
_PAIRS = dict(zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True))
_TABLE = str.maketrans(
    {chr(wide): chr(plain).lower() for wide, plain in _WIDE.items()}
    | dict(zip(ascii_uppercase, ascii_lowercase, strict=True))
    | _MARKS
    | _PAIRS
)


def fold(text: str) -> str:
    """Lower case, half width, simplified; as long as ``text``: ``週五 ３ＰＭ`` is ``周五 3pm``."""
    return text.translate(_TABLE)
