"""Names of companies and people in English and Chinese, as many as wanted, distinct, the same for the same number."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

_ONSET_WORDS = "b br c ch cl cr d dr f fl fr g gl gr h j k kr l m n p pl pr qu r s sc sh sk sl sp st str t th tr v w z"
_VOWEL_WORDS = "a a e e i i o o u ai ea ee ia io oa ou"
_CODA_WORDS = "b ck d l ll m n nd ng nt r rd rk rn s ss st t th x"
_WORD_WORDS = (
    "alder anchor apex arrow atlas aurora badger beacon birch blue bolt bridge bright canyon cedar circle clear "
    "cobalt comet copper coral crescent crown crystal delta eagle east echo ember evergreen falcon fern first "
    "flint forest fox frontier garden gate glacier golden granite green grove harbor hawk hazel heritage high hill "
    "horizon iron ivory jade juniper keystone lake lark legacy liberty light lion lotus lunar maple marble meadow "
    "meridian midland mill mint moon mountain noble north nova oak ocean olive onyx orchard orion osprey pacific "
    "palm peak pearl pine pioneer polar prime quartz quest rapid raven red regal ridge river rock rose royal sable "
    "saffron sage salt sand sapphire scarlet sea shore silver sky solar south spring spruce star sterling stone "
    "storm summit sun swift terra thistle timber topaz trident true union unity valley vanguard vertex violet "
    "vista west white wild willow wind winter wolf wood zenith zephyr"
)
_TRADE_WORDS = (
    "analytics apparel architects automation aviation bakery bearings beverages biotech brewing builders cable "
    "capital castings ceramics chemicals components construction consulting controls cosmetics dairy data dental "
    "design diagnostics digital dynamics electric electronics energy engineering equipment fabrics farms fasteners "
    "finance fisheries foods footwear forwarding foundry freight furniture glass hardware health holdings hotels "
    "imaging industries instruments insurance interiors labs laundry lighting lines logistics machinery management "
    "marine materials media medical metals mining mobility motors networks optics outfitters packaging paper "
    "partners pharma plastics power press printing products properties pumps recycling resources robotics rubber "
    "seafood security seeds semiconductors services shipping software solutions sports steel storage studios "
    "supply surgical systems technologies telecom textiles tools toys trading transport travel turbines utilities "
    "valves ventures water wireless works"
)
_HAN_TRADE_WORDS = (
    "科技 技术 软件 信息技术 网络科技 电子 电子科技 机械 机械设备 实业 贸易 国际贸易 食品 纺织 服饰 物流 供应链 "
    "医疗 医疗器械 生物科技 医药 化工 新材料 建材 建筑工程 装饰 环保 能源 新能源 电气 自动化 智能装备 仪器 光电 "
    "半导体 汽车零部件 汽车服务 包装 印刷 家具 家居 农业 餐饮管理 酒店管理 教育科技 文化传媒 广告 咨询 投资 "
    "资产管理 地产 置业 商贸 电子商务 通信 五金 模具 塑胶 玻璃 陶瓷 金属制品"
)
_PLACE_WORDS = (
    "北京 北京市 上海 上海市 深圳 深圳市 广州 广州市 杭州 苏州 南京 成都 成都市 武汉 西安 青岛 大连 宁波 厦门 长沙 "
    "郑州 济南 合肥 无锡 东莞 东莞市 佛山 天津 重庆 浙江 江苏 广东 山东"
)
_GIVEN_WORDS = (
    "Adam Alice Amelia Anna Arthur Beatrice Ben Carla Charles Chloe Clara Daniel David Diana Edgar Elena Emma Eric "
    "Eva Felix Fiona Frank Gemma George Grace Hannah Harry Helen Hugo Ian Irene Isaac Ivy Jack Jane Jonas Julia "
    "Karl Kate Laura Leo Lily Louis Lucy Marcus Maria Martin Maya Mia Nathan Nina Noah Nora Oliver Olivia Oscar "
    "Paul Peter Philip Rachel Ralph Rita Robert Rosa Ruth Sam Sarah Simon Sofia Stella Thomas Tina Victor Violet "
    "Walter Zoe"
)
HAN = (
    "安百邦宝保北本必博彩灿昌畅超辰诚驰川春达大丹德鼎东铎恩尔帆方飞丰凤福富格冠光广国海涵翰瀚航豪浩和合恒弘宏泓鸿"
    "厚湖沪华欢煌辉汇慧吉佳嘉坚建江杰捷金津锦晋京晶精景敬靖九久巨聚军君钧俊骏凯康科可坤昆乐磊理力立丽利联良亮林霖"
    "灵凌龙隆鲁路伦洛茂美门盟米民名明铭牧南能宁诺鹏平普奇启千谦钱乾强勤青清庆秋泉群仁日荣融瑞润森山善尚绍申神升生"
    "盛圣胜石时世仕首舒树双顺硕思斯松速泰唐腾天田通同统图拓万旺望威维伟纬文雯武西希溪熙先贤翔祥响晓欣新鑫信兴星雄"
    "旭轩雅亚炎岩燕扬阳洋耀业一亿艺易益逸毅银英盈永优友宇羽雨玉裕誉元园原源远越悦云韵泽展长章昭兆哲正政之志致智中"
    "忠洲众卓紫宗祖尊"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜"
    "崔谭陆范汪廖石金韦贾夏"
)
_ONSETS, _VOWELS, _CODAS = _ONSET_WORDS.split(), _VOWEL_WORDS.split(), ["", "", "", *_CODA_WORDS.split()]
_WORDS, _TRADES, _HAN_TRADES = _WORD_WORDS.split(), _TRADE_WORDS.split(), _HAN_TRADE_WORDS.split()
_PLACES, _GIVEN = _PLACE_WORDS.split(), _GIVEN_WORDS.split()
_FORMS = "Inc.|Inc|Ltd|Ltd.|LLC|Corp.|Corporation|Limited|GmbH|Group|Co.|PLC|S.A.|Co., Ltd.||"
_FORM_CHOICES = _FORMS.split("|")
_HAN_FORMS = [*["有限公司"] * 8, "股份有限公司", "有限责任公司", "集团有限公司", "集团"]
_DOMAINS = ("com", "com", "net", "example", "io", "cn", "com.cn", "de", "co.uk")
_CONTACTS, _ALIASES, _PHONES = 0.3, 0.2, 0.7


@dataclass(frozen=True, slots=True)
class Made:
    """A customer's or, with ``customer`` set, a contact's name and what else it goes by; ``number`` is its own."""

    number: int
    name: str
    aliases: tuple[str, ...] = ()
    phone: str = ""
    website: str = ""
    email: str = ""
    customer: int | None = None

    @property
    def names(self) -> int:
        """How many names it has."""
        return 1 + len(self.aliases)


class NameMaker:
    """Draws names; ``seed`` decides all of them."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - the same names every time, nothing secret
        self._taken: set[str] = set()

    def make(self, names: int) -> Iterator[Made]:
        """Customers, each followed by its contacts, until there are ``names`` names, aliases among them."""
        number, left = 0, names
        while left > 0:
            made = self._customer(number)
            yield made
            number, left = number + 1, left - made.names
            while left > 0 and self.random.random() < _CONTACTS:
                yield self._contact(number, made)
                number, left = number + 1, left - 1

    def word(self) -> str:
        """A word that no language has, or rather few."""
        syllables = self.random.choice((2, 2, 2, 3))
        pick = self.random.choice
        return "".join(pick(_ONSETS) + pick(_VOWELS) + pick(_CODAS) for _ in range(syllables)).capitalize()

    def _customer(self, number: int) -> Made:
        han = self.random.random() < 0.5
        name, short = self._distinct(self._han_company if han else self._latin_company)
        aliases = (self._alias(short, han=han),) if self.random.random() < _ALIASES else ()
        phone = self._phone(han=han) if self.random.random() < _PHONES else ""
        return Made(number, name, aliases, phone, self._website() if self.random.random() < 0.5 else "")

    def _contact(self, number: int, of: Made) -> Made:
        han = not of.name.isascii()
        pick = self.random.choice
        if han:
            name = pick(_SURNAMES) + "".join(pick(HAN) for _ in range(pick((1, 2, 2, 2))))
        else:
            name = f"{pick(_GIVEN)} {self.word()}"
        host = of.website.removeprefix("https://www.") or f"{self.word().lower()}.com"
        email = f"{self.word().lower()}.{number}@{host}"
        return Made(number, name, (), self._phone(han=han), "", email, of.number)

    def _distinct(self, make: Callable[[], tuple[str, str]]) -> tuple[str, str]:
        while True:
            name, short = make()
            if name not in self._taken:
                self._taken.add(name)
                return name, short

    def _latin_company(self) -> tuple[str, str]:
        pick, chance = self.random.choice, self.random.random()
        first = self.word() if chance < 0.7 else pick(_WORDS).capitalize()
        if chance < 0.35:
            words = [first, pick(_TRADES).capitalize()]
        elif chance < 0.6:
            words = [first, pick(_WORDS).capitalize(), pick(_TRADES).capitalize()]
        elif chance < 0.7:
            words = [first, "&", self.word()]
        else:
            words = [first, self.word(), pick(_TRADES).capitalize()]
        short = " ".join(words)
        form = pick(_FORM_CHOICES)
        return f"{short}{',' if form == 'Inc.' else ''} {form}".strip(), short

    def _han_company(self) -> tuple[str, str]:
        pick = self.random.choice
        brand = "".join(pick(HAN) for _ in range(pick((2, 2, 3, 4))))
        place = pick(_PLACES) if self.random.random() < 0.6 else ""
        trade = pick(_HAN_TRADES)
        middle = f"({pick(_PLACES[:8])})" if self.random.random() < 0.05 else ""
        return f"{place}{brand}{trade}{middle}{pick(_HAN_FORMS)}", brand + trade

    def _alias(self, short: str, *, han: bool) -> str:
        if han and self.random.random() < 0.5:
            return f"{self.word()} {self.random.choice(_TRADES).capitalize()}"
        return self.word() if not han else short[:2] + self.random.choice(HAN) + self.random.choice(HAN)

    def _phone(self, *, han: bool) -> str:
        tail = f"{self.random.randrange(10**8):08d}"
        if han:
            return f"1{self.random.choice('3578')}{self.random.randrange(10)}{tail}"
        return f"+1 {self.random.randrange(200, 990)} 555 {tail[:4]}{self.random.choice(('', '', ' x12'))}"

    def _website(self) -> str:
        return f"https://www.{self.word().lower()}{self.word().lower()}.{self.random.choice(_DOMAINS)}"
