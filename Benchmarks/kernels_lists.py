"""Lists of strings on which the kernels are measured: synthetic, and the same on every machine and in every run.

Only random.Random.random() is drawn from: its sequence for a seed is fixed by the language, that of choice() and
shuffle() is not. 15 % of the strings of each list carry one typing error.
"""
import random
import sys

SURNAMES_HAN = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛"
    "闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
GIVEN_HAN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文辉红梅晓东海燕志鹏飞鑫波斌宇浩凯健俊帆雪晨阳佳慧婷玲琳颖倩欣怡雨涵梓轩子浩然一诺思远嘉豪博文天佑"
    "春生德福金凤翠花淑珍宝贵长林永康振兴家庆学礼少云亚楠立新月娥素琴彩虹世荣光明成功庆丰延年培根松柏荷菊竹冬夏秋晴岚珊瑶琪璐莹蕾薇萍莉蓉芬芝茜苗若可心乐安宁和顺"
)
PLACES_HAN = ["青山", "白水", "龙泉", "东河", "西岭", "南湖", "北川", "安阳", "平原", "长乐", "永宁", "新丰", "清溪", "石桥", "金沙", "宝塔"]
ROADS_HAN = ["人民", "解放", "中山", "建设", "和平", "胜利", "文化", "光明", "友谊", "新华", "朝阳", "滨江", "工农", "团结", "迎宾", "学府"]
ONSETS = ["b", "br", "c", "ch", "d", "f", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "r", "s", "sh", "st", "t", "th", "v", "w"]
VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ie", "oo"]
CODAS = ["", "", "l", "n", "r", "s", "t", "ck", "ll", "nd", "ng", "rt"]
ENDINGS = ["", "", "", "", "", "", "", "", "", "", "", "son", "ton", "man", "er", "ez", "ley", "ford", "field"]
STREETS = ["Street", "Road", "Avenue", "Lane", "Close", "Drive", "Crescent", "Terrace"]
LATIN = "abcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"


class Draw:
    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, bound):
        return int(self.random() * bound)

    def one(self, choices):
        return choices[self.below(len(choices))]


def typing_error(draw, text, alphabet):
    place = draw.below(len(text))
    kind = draw.below(4)
    if kind == 0:
        return text[:place] + draw.one(alphabet) + text[place:]
    if kind == 1 and len(text) > 1:
        return text[:place] + text[place + 1 :]
    if kind == 2 and place + 1 < len(text):
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return text[:place] + draw.one(alphabet) + text[place + 1 :]


def latin_word(draw):
    syllables = 1 + draw.below(2)
    return "".join(draw.one(ONSETS) + draw.one(VOWELS) + draw.one(CODAS) for _ in range(syllables)) + draw.one(ENDINGS)


def zipf(draw, values, exponent=0.9):
    """A function that draws from `values`, the first far more often than the last."""
    sums, total = [], 0.0
    for rank in range(len(values)):
        total += 1 / (rank + 1) ** exponent
        sums.append(total)

    def one():
        wanted, low, high = draw.random() * total, 0, len(values) - 1
        while low < high:
            middle = (low + high) // 2
            if sums[middle] < wanted:
                low = middle + 1
            else:
                high = middle
        return values[low]

    return one


def words(draw, count, shortest):
    seen = {}
    while len(seen) < count:
        word = latin_word(draw)
        if len(word) >= shortest:
            seen[word] = None
    return list(seen)


def date(draw):
    return f"{1930 + draw.below(90)}{1 + draw.below(12):02}{1 + draw.below(28):02}"


def make(name, count):
    draw = Draw(f"kernels {name}")
    if name == "latin":
        one, alphabet = zipf(draw, words(draw, 4000, 3)), LATIN
    elif name == "zhname":
        surname = zipf(draw, SURNAMES_HAN)
        given = zipf(draw, "".join(dict.fromkeys(GIVEN_HAN)), 0.5)
        alphabet = GIVEN_HAN

        def one():
            return surname() + "".join(given() for _ in range((1, 2, 2, 2, 2, 2, 3)[draw.below(7)]))
    elif name == "addrL":
        streets, towns, alphabet = words(draw, 800, 5), words(draw, 150, 5), LATIN

        def one():
            return (
                f"{1 + draw.below(250)} {draw.one(streets).title()} {draw.one(STREETS)}, "
                f"{draw.one(towns).title()}"
            )
    elif name == "addrZ":
        alphabet = "".join(PLACES_HAN)

        def one():
            return (
                f"{draw.one(PLACES_HAN)}省{draw.one(PLACES_HAN)}市{draw.one(PLACES_HAN)}区{draw.one(ROADS_HAN)}"
                f"{draw.one('东西南北中')}路{1 + draw.below(400)}号{1 + draw.below(40)}栋{101 + draw.below(2600)}室"
            )
    elif name == "date":
        alphabet = DIGITS

        def one():
            return date(draw)
    elif name == "id18":
        alphabet = DIGITS

        def one():
            region = f"{11 + draw.below(54)}{draw.below(20):02}{draw.below(30):02}"
            return region + date(draw) + f"{draw.below(1000):03}" + "0123456789X"[draw.below(11)]
    else:
        raise ValueError(f"no list is called {name}")
    texts = []
    for _ in range(count):
        text = one()
        texts.append(typing_error(draw, text, alphabet) if draw.random() < 0.15 else text)
    return texts


NAMES = ["latin", "zhname", "addrL", "addrZ", "date", "id18"]


def main(arguments):
    """kernels_lists.py FOLDER COUNT: writes each list into FOLDER, one string a line."""
    folder, count = arguments
    for name in NAMES:
        with open(f"{folder}/{name}.txt", "w", encoding="utf-8", newline="\n") as file:
            file.writelines(text + "\n" for text in make(name, int(count)))


if __name__ == "__main__":
    main(sys.argv[1:])
