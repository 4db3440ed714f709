"""Chinese characters as people type their sound: pinyin without tones, several readings where a name may have them."""

from functools import cache
from itertools import islice
from typing import NamedTuple
from unicodedata import normalize

from core.names.folding import package_data

MAX_READINGS = 4
_DIAERESIS = "\u0308"

# Characters of names with more than one reading, the likelier one in a company's name first. pypinyin's table lists
# every reading a dictionary knows (大 as tai, 家 as gu); a name is not looked for under those.
_NAMES_READ = (
    "长:chang/zhang 行:hang/xing 重:zhong/chong 乐:le/yue 朝:chao/zhao 曾:zeng/ceng 单:dan/shan 解:jie/xie "
    "区:qu/ou 查:cha/zha 盛:sheng/cheng 藏:cang/zang 厦:xia/sha 都:du/dou 会:hui/kuai 调:diao/tiao 传:chuan/zhuan "
    "沈:shen/chen 柏:bai/bo 秘:mi/bi 翟:zhai/di 尉:wei/yu 覃:qin/tan 盖:gai/ge 蔚:wei/yu 晟:sheng/cheng 茜:qian/xi "
    "莘:xin/shen 系:xi/ji 合:he/ge 阿:a/e 番:fan/pan 堡:bao/pu 铅:qian/yan 车:che/ju 蚌:beng/bang 贾:jia/gu "
    "洗:xi/xian 仇:qiu/chou 朴:pu/piao 折:zhe/she 宿:su/xiu 圈:quan/juan 率:lv/shuai 数:shu/shuo 石:shi/dan "
    "奇:qi/ji 角:jiao/jue 参:can/shen 校:xiao/jiao 弹:tan/dan 薄:bo/bao 种:zhong/chong 员:yuan/yun 缪:miao/mou "
    "谌:chen/shen 六:liu/lu 给:gei/ji 泊:bo/po 卡:ka/qia 咖:ka/ga 露:lu/lou 熟:shu/shou 壳:ke/qiao 血:xue/xie "
    "便:bian/pian 剥:bo/bao 干:gan/qian"
)
_POLYPHONES = {entry[0]: entry[2:].split("/") for entry in _NAMES_READ.split()}
# Where a neighbour settles the reading.
_TOGETHER = (
    "重庆:chong/qing 银行:yin/hang 商行:shang/hang 行业:hang/ye 行政:xing/zheng 音乐:yin/yue 乐器:yue/qi "
    "厦门:xia/men 大厦:da/sha 会计:kuai/ji 会展:hui/zhan 西藏:xi/zang 成都:cheng/du 首都:shou/du 系统:xi/tong "
    "朝阳:chao/yang 长春:chang/chun 长沙:chang/sha 长江:chang/jiang 长安:chang/an 长城:chang/cheng 番禺:pan/yu "
    "东莞:dong/guan 传媒:chuan/mei 六安:lu/an 百合:bai/he 重工:zhong/gong 汽车:qi/che 数据:shu/ju 数字:shu/zi "
    "数码:shu/ma 调味:tiao/wei 空调:kong/tiao 蚌埠:beng/bu 石油:shi/you 石化:shi/hua 学校:xue/xiao 便利:bian/li "
    "参茸:shen/rong 人参:ren/shen 大夫:dai/fu"
)
_SETTLED = {entry[:2]: entry[3:].split("/") for entry in _TOGETHER.split()}
# As surnames these sound otherwise.
_AS_SURNAME = (
    "单:shan 解:xie 区:ou 查:zha 朴:piao 盖:ge 仇:qiu 曾:zeng 翟:zhai 覃:qin 尉:yu 秘:bi 折:she 种:chong 员:yun 繁:po "
    "黑:he 洗:xian 乐:yue 行:xing 召:shao 重:chong 那:na 仉:zhang 逄:pang"
)
_SURNAMES = {entry[0]: entry[2:] for entry in _AS_SURNAME.split()}


def _plain(reading: str) -> str:
    """A dictionary's reading as it is typed: lǜ is lv."""
    letters = normalize("NFD", reading)
    typed = letters.replace("u" + _DIAERESIS, "v")
    return "".join(letter for letter in typed if letter.isascii())


@cache
def _dictionary() -> dict[str, object]:
    return package_data("pypinyin", "pinyin_dict.json")


class _First(dict[str, str]):
    """The likeliest reading by character, found when first asked for: a workspace meets a few thousand of 40,000.

    What is not Chinese sounds as it is written.
    """

    def __missing__(self, character: str) -> str:
        known = "" if character.isascii() else str(_dictionary().get(str(ord(character)), ""))
        self[character] = first = _plain(known.split(",")[0]) or character
        if "v" in first[1:]:  # ü is typed as v by some and as u by others
            _SEVERAL[character] = [first, first.replace("v", "u")]
        return first


_SEVERAL = dict(_POLYPHONES)
_FIRST = _First({character: options[0] for character, options in _POLYPHONES.items()})


class Reading(NamedTuple):
    """One pronunciation of a name: in full (huawei) and as the initials that impatient people type (hw)."""

    full: str
    initials: str


def readings(text: str, *, person: bool = False, most: int = MAX_READINGS) -> list[Reading]:
    """The likely pronunciations of a folded text, likeliest first, at most ``most``: 重庆 is chongqing, cq.

    What is not Chinese is kept whole: tcl科技 is tclkeji, tclkj. ``person`` reads the first character as a surname.
    A further reading differs from the first in one character.
    """
    first = list(map(_FIRST.__getitem__, text))
    others = {} if _SEVERAL.keys().isdisjoint(text) else _other_readings(text, first)
    if person and text[:1] in _SURNAMES:
        first[0], usual = _SURNAMES[text[0]], first[0]
        others = {0: usual, **others}
    found = [_reading(first)]
    for index, other in islice(others.items(), most - 1):
        found.append(_reading([*first[:index], other, *first[index + 1 :]]))
    return found


def _other_readings(text: str, first: list[str]) -> dict[int, str]:
    """The second reading by position, where a neighbour does not settle the first, which is put into ``first``."""
    others = {}
    for index, character in enumerate(text):
        if character in _SEVERAL:
            settled = _settled(text, index)
            if settled:
                first[index] = settled
            else:
                first[index], others[index] = _SEVERAL[character]
    return others


def _settled(text: str, index: int) -> str | None:
    pair = _SETTLED.get(text[index : index + 2])
    if pair is not None:
        return pair[0]
    pair = _SETTLED.get(text[index - 1 : index + 1]) if index else None
    return pair[1] if pair is not None else None


def _reading(syllables: list[str]) -> Reading:
    return Reading("".join(syllables), "".join([syllable[0] for syllable in syllables]))
