"""What a company's name has besides its own: legal forms, and the place it is registered in."""

from core.patterns import late

# Legal forms, written together and without dots ("S.p.A." is spa, "Sp. z o.o." spzoo), as they end a name.
_LEGAL_FORMS = (
    "inc incorporated corp corporation co company ltd limited llc llp lp plc pllc gmbh mbh ag kg kgaa ug ohg ev "
    "sa sas sarl sasu srl spa sl slu sau bv nv ab as asa oy oyj aps pty pte pvt private kk bhd sdn tbk sro spzoo "
    "doo ooo zao oao pao jsc pjsc cv ltda eireli sapi kft zrt group holding holdings 합자회사 주식회사"
)
LEGAL_FORMS = frozenset(_LEGAL_FORMS.split())
LEGAL_FORM_WORDS = 3

# One or several, at the end of a Chinese word; a branch (分公司) is another party than its company.
_HAN_FORMS = (
    "股份有限责任公司 有限责任公司 股份有限公司 有限合伙企业 株式会社 有限会社 有限公司 股份公司 总公司 "
    "(?<![分子])公司 有限合伙 有限责任 集团 控股 股份 有限"
)
_HAN_FORM = late(f"(?:{'|'.join(_HAN_FORMS.split())})+$")

_PROVINCES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 "
    "海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门"
)
_CITIES = (
    "深圳 广州 杭州 南京 苏州 成都 武汉 西安 青岛 大连 宁波 厦门 长沙 郑州 济南 合肥 福州 无锡 东莞 佛山 "
    "沈阳 哈尔滨 长春 石家庄 太原 南昌 南宁 昆明 贵阳 兰州 乌鲁木齐 海口 银川 西宁 呼和浩特 拉萨 常州 徐州 "
    "南通 温州 嘉兴 绍兴 金华 义乌 台州 泉州 漳州 烟台 潍坊 临沂 珠海 中山 惠州 汕头 江门 湛江 洛阳 宜昌 "
    "襄阳 株洲 绵阳 桂林 柳州 三亚 唐山 保定 廊坊 包头 鄂尔多斯 昆山 张家港 扬州 镇江 盐城 泰州 芜湖 台北 高雄"
)
_COUNTRIES = "中国 亚太 亚洲 大中华 大中华区 华东 华南 华北 华中 西南 西北 东北 中国区 全国 国际 全球"
_LATIN_REGIONS = (
    "china|prc|asia|asia pacific|apac|emea|europe|eu|uk|united kingdom|us|usa|america|americas|north america|"
    "hong kong|hk|hongkong|macau|taiwan|japan|korea|singapore|india|germany|deutschland|france|canada|australia|"
    "beijing|shanghai|shenzhen|guangzhou|suzhou|hangzhou|chengdu|wuhan|nanjing|tianjin|international|global"
)
_PLACES = "|".join(sorted(f"{_PROVINCES} {_CITIES} {_COUNTRIES}".split(), key=len, reverse=True))
_PLACE = rf"(?:{_PLACES})(?:维吾尔自治区|壮族自治区|回族自治区|自治区|特别行政区|省|市|地区)?"
_BRACKETED = late(rf"\s*\(\s*(?:(?:{_PLACE})+(?:区|县)?|{_LATIN_REGIONS})\s*\)\s*")
_LEADING = late(rf"(?:{_PLACE})+|[一-鿿]{{2,3}}(?:省|市)")
# What follows a place and makes it part of the name: 上海银行 is not called 银行.
_MORE_OF_NAME = (
    "银行 大学 学院 医院 证券 机场 港 航空 电力 地铁 石油 石化 海关 移动 联通 电信 铁路 科技 技术 实业 集团 控股 "
    "投资 建设 建筑 贸易 人寿 保险 信托"
)
_PART_OF_NAME = tuple(_MORE_OF_NAME.split())


def without_bracketed_place(text: str) -> str:
    """``text`` (folded) without a place in brackets: 华为技术(上海)有限公司, Acme (China) Ltd."""
    return _BRACKETED.sub(" ", text)


def without_leading_place(name: str) -> str:
    """A Chinese name without the place it begins with: 深圳市腾讯计算机 is 腾讯计算机; unchanged if little is left."""
    place = _LEADING.match(name)
    if place is None:
        return name
    rest = name[place.end() :]
    return name if len(rest) < 2 or rest.startswith(_PART_OF_NAME) else rest


def without_legal_form(words: list[str]) -> list[str]:
    """The words of a name without the legal forms that end it; at least one word, or two characters, stays."""
    while words and (shorter := _one_form_less(words)) is not None:
        words = shorter
    return words


def _one_form_less(words: list[str]) -> list[str] | None:
    last = words[-1]
    if not last.isascii():
        return _han_form_less(words)
    if len(words) > 1 and last in LEGAL_FORMS:
        return words[:-1]
    # Written apart: "Sp. z o.o.", "S. p. A.".
    for count in range(2, min(LEGAL_FORM_WORDS, len(words) - 1) + 1) if len(last) < 3 else ():
        if "".join(words[-count:]) in LEGAL_FORMS:
            return words[:-count]
    return None


def without_han_form(word: str) -> str:
    """A Chinese name without its legal forms: 华为技术有限公司 is 华为技术. Two characters stay, and no form alone."""
    form = _HAN_FORM.search(word, 2)
    rest = word[: form.start()] if form else word
    return word if _HAN_FORM.fullmatch(rest) else rest


def _han_form_less(words: list[str]) -> list[str] | None:
    last = words[-1]
    if len(words) > 1 and (last in LEGAL_FORMS or _HAN_FORM.fullmatch(last)):
        return words[:-1]
    rest = without_han_form(last) if len(words) == 1 else _HAN_FORM.sub("", last)
    return [*words[:-1], rest] if rest != last else None
