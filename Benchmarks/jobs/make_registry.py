"""Makes a register of invented persons with known duplicates, for benchmarks of any size.

    python make_registry.py --rows 1000000 --seed 1 --out people.csv --truth truth.csv

The same options give the same bytes. Columns: rec_id, given_name, surname, dob, street, city, postcode, phone, id_number;
the truth has rec_id and entity_id. Memory does not grow with the rows but for a byte a person: records are dealt into
buckets on disk, and each bucket is shuffled as it is written.

Names and cities follow a Zipf-Mandelbrot law. Of the persons, 30 % join the household of an earlier one and share
surname, street, city, postcode and mostly the phone; some of them are twins or namesakes. Of the records, 20 % are
duplicates (`--duplicates`): their person may have moved, married, changed the phone or go by a nickname, and one to four
errors are made in the copy: typing errors, spellings by sound, exchanged names, exchanged day and month, wrong digits,
abbreviated streets. Any record can lack cells.
"""

import argparse
import random
import tempfile
from collections import deque
from itertools import accumulate
from pathlib import Path

COLUMNS = ["rec_id", "given_name", "surname", "dob", "street", "city", "postcode", "phone", "id_number"]
GIVEN, SURNAME, DOB, STREET, CITY, POSTCODE, PHONE, ID = range(8)

# Rate of empty cells, by column.
MISSING = [(PHONE, 0.25), (ID, 0.40), (STREET, 0.04), (POSTCODE, 0.04), (DOB, 0.03), (GIVEN, 0.01)]

NICKNAMES = {
    "alexander": "alex sandy", "alfred": "fred alf", "andrew": "andy drew", "anthony": "tony", "antonia": "toni",
    "barbara": "barb babs", "benjamin": "ben benny", "catherine": "cathy kate", "charles": "charlie chuck",
    "christina": "tina chris", "christopher": "chris kit", "daniel": "dan danny", "david": "dave davy",
    "deborah": "deb debbie", "dorothy": "dot dolly", "edward": "ed ted eddie", "eleanor": "ellie nell",
    "elizabeth": "liz beth betty", "frances": "fran", "frederick": "fred freddie", "gabriel": "gabe",
    "george": "georgie", "gerald": "gerry jerry", "gregory": "greg", "harold": "harry hal", "henry": "harry hank",
    "jacob": "jake", "james": "jim jimmy jamie", "jennifer": "jen jenny", "jessica": "jess", "john": "jack johnny",
    "jonathan": "jon", "joseph": "joe joey", "joshua": "josh", "judith": "judy", "katherine": "kathy kate",
    "kenneth": "ken kenny", "lawrence": "larry", "leonard": "len leo", "louisa": "lou", "margaret": "maggie peggy meg",
    "martha": "marty", "matthew": "matt", "michael": "mike mick", "nathaniel": "nate", "nicholas": "nick nicky",
    "patricia": "pat trish", "patrick": "pat paddy", "pamela": "pam", "peter": "pete", "philip": "phil",
    "rebecca": "becky", "richard": "rick dick", "robert": "bob rob bobby", "ronald": "ron ronnie", "russell": "russ",
    "samuel": "sam sammy", "sandra": "sandy", "sarah": "sally", "sebastian": "seb", "simon": "si", "stephen": "steve",
    "steven": "steve", "susan": "sue susie", "theodore": "ted theo", "theresa": "terry tess", "thomas": "tom tommy",
    "timothy": "tim", "valerie": "val", "victoria": "vicky tori", "vincent": "vince", "walter": "walt wally",
    "william": "bill will billy", "zachary": "zach",
}
NICKNAMES = {name: short.split() for name, short in NICKNAMES.items()}

OTHER_GIVEN = """mary anna linda emily sophie olivia emma laura nina clara alice helen irene ruth rose grace julia
diana carol janet karen nancy lisa betty donna sharon michelle amanda melissa kevin brian mark paul eric scott frank
raymond dennis jerry tyler aaron adam noah ethan oliver lucas leo felix oscar hugo max arthur carl roger bruce alan
ralph eugene louis wayne roy juan carlos luis miguel pedro pablo sofia isabel carmen lucia marta ana giulia chiara
paolo luca marco pierre jean luc claire camille hans karl uwe heike greta astrid lars sven ingrid olga ivan boris
nadia irina piotr ewa jana tomas yusuf amina fatima hassan leila omar layla priya arjun mei lin hiro yuki kofi ama""".split()

SURNAMES = """smith jones taylor brown williams wilson johnson davies robinson wright thompson evans walker white
roberts green hall wood jackson clarke clark harris lewis hill moore scott cooper ward turner carter phillips mitchell
patel adams campbell anderson allen cook parker collins bennett murphy shaw hughes kelly price cox fox webb stone reid
grant ford marsh lane hunt palmer mills west cole burke lynch doyle walsh byrne quinn garcia lopez martinez gonzalez
perez sanchez romero torres rivera gomez diaz morales ortiz silva costa santos pereira rossi russo ferrari bianchi
romano moreau laurent dubois leroy garnier muller schmidt weber fischer wagner becker hoffmann koch bauer richter klein
wolf larsen hansen olsen nilsson berg lund novak kovacs horvat nowak kowalski ivanov petrov sokolov demir kaya yilmaz
haddad khan ahmed ali hussain singh kaur sharma gupta nguyen tran pham kim park choi tanaka sato suzuki okafor mensah""".split()

ONSETS = "b c d f g h j k l m n p r s t v w b d g h k l m n p r s t br ch cl cr dr fl fr gr pl pr sh sl sp st th tr".split()
VOWELS = "a e i o u a e i o u a e i o ai ea ee ie oa oo ou".split()
CODAS = ["", "", "", "", "", "l", "m", "n", "r", "s", "t", "ck", "ld", "nd", "ng", "nt", "rd", "rn", "rt", "st"]
GIVEN_ENDS = ["", "a", "an", "el", "en", "ette", "ia", "ie", "in", "is", "o", "us", "y"]
SURNAME_ENDS = ["", "berg", "by", "er", "ez", "field", "ford", "ins", "ley", "low", "man", "ski", "son", "ton", "well"]
CITY_ENDS = ["", "bridge", "burgh", "bury", "dale", "ford", "ham", "haven", "mouth", "port", "stead", "ton", "wick"]
STREET_KINDS = {
    "street": "st", "road": "rd", "avenue": "ave", "drive": "dr", "lane": "ln", "court": "ct", "place": "pl",
    "crescent": "cres", "close": "cl", "terrace": "tce", "way": "wy",
}

KEYBOARD = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"]
NEIGHBOURS = {}
for _row in KEYBOARD:
    for _at, _key in enumerate(_row):
        NEIGHBOURS[_key] = _row[max(0, _at - 1) : _at] + _row[_at + 1 : _at + 2]

SOUNDS = [("ph", "f"), ("f", "ph"), ("ck", "k"), ("c", "k"), ("k", "c"), ("ee", "ea"), ("ea", "ee"), ("ie", "y"),
          ("y", "i"), ("i", "y"), ("ll", "l"), ("l", "ll"), ("nn", "n"), ("n", "nn"), ("tt", "t"), ("ss", "s"),
          ("s", "z"), ("z", "s"), ("oo", "u"), ("ou", "u"), ("ei", "ie"), ("gh", ""), ("th", "t"), ("sh", "sch"),
          ("v", "w"), ("w", "v"), ("er", "ar"), ("on", "en"), ("e", "a")]  # fmt: skip
SHAPES = [("rn", "m"), ("m", "rn"), ("cl", "d"), ("l", "i"), ("i", "l"), ("o", "0"), ("h", "b"), ("u", "v")]


class Choice:
    """Draws from a list by the Zipf-Mandelbrot law, 1 / (rank + shift) ** power, a block at a time."""

    def __init__(self, dice, values, shift, power):
        self.dice, self.values = dice, values
        self.weights = list(accumulate((rank + shift) ** -power for rank in range(1, len(values) + 1)))
        self.drawn = []

    def draw(self):
        if not self.drawn:
            self.drawn = self.dice.choices(self.values, cum_weights=self.weights, k=16384)
        return self.drawn.pop()


def words(dice, count, ends, known=()):
    """`count` different words: the known ones first, then words made of syllables."""
    made = dict.fromkeys(known)
    while len(made) < count:
        syllables = range(dice.randint(1, 2))
        word = "".join(dice.choice(ONSETS) + dice.choice(VOWELS) + dice.choice(CODAS) for _ in syllables) + dice.choice(ends)
        if 3 <= len(word) <= 14:
            made[word] = None
    return list(made)[:count]


class World:
    """The names, cities and streets that the persons of a register have."""

    def __init__(self, dice, rows):
        self.dice, self.uniform = dice, dice.random
        given = words(dice, 4000, GIVEN_ENDS, [*NICKNAMES, *OTHER_GIVEN])
        self.common_given = given[:200]
        self.given = Choice(dice, given, shift=12, power=1.15)
        surnames = words(dice, max(6000, min(60_000, rows // 8)), SURNAME_ENDS, SURNAMES)
        self.surname = Choice(dice, surnames, shift=30, power=1.05)
        cities = words(dice, max(60, min(4000, rows // 250)), CITY_ENDS)
        self.streets = words(dice, 6000, SURNAME_ENDS)
        postcodes = iter(dice.sample(range(10_000, 99_999), 4 * len(cities)))
        places = []
        for rank, city in enumerate(cities):
            codes = 7 if rank < len(cities) // 50 else 3 if rank < len(cities) // 8 else 1
            # A big city has 300 street names, a small one 40.
            width = 300 if rank <= len(cities) // 8 else 40
            places.append((city, [str(next(postcodes)) for _ in range(codes)], dice.randrange(6000), width))
        self.place = Choice(dice, places, shift=8, power=0.9)

    def below(self, count):
        return int(self.uniform() * count)

    def pick(self, values):
        return values[int(self.uniform() * len(values))]

    def address(self):
        """Street, city and postcode of somewhere."""
        city, codes, first, width = self.place.draw()
        name = self.streets[(first + self.below(width)) % 6000]
        kind = KINDS[sum(map(ord, name)) % len(KINDS)]
        return f"{1 + int(self.uniform() ** 2 * 220)} {name} {kind}", city, self.pick(codes)

    def phone(self):
        return f"0{2 + self.below(7)}{self.below(100_000_000):08d}"

    def person(self):
        year = 2012 - int(self.uniform() ** 1.25 * 95)
        dob = f"{year}-{1 + self.below(12):02d}-{1 + self.below(28):02d}"
        street, city, postcode = self.address()
        number = f"{self.below(1_000_000_000):09d}"
        return [self.given.draw(), self.surname.draw(), dob, street, city, postcode, self.phone(), number]


KINDS = list(STREET_KINDS)


def typing_error(world, text):
    """One letter left out, put in, replaced by its neighbour on the keyboard, or exchanged with the next."""
    if len(text) < 2:
        return text
    at, kind = world.below(len(text)), world.below(4)
    beside = world.pick(NEIGHBOURS.get(text[at]) or "aeiou")
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + beside + text[at:]
    if kind == 2:
        return text[:at] + beside + text[at + 1 :]
    return exchanged(text, min(at, len(text) - 2))


def exchanged(text, at):
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def respelled(world, text, table):
    start = world.below(len(table))
    for written, instead in table[start:] + table[:start]:
        if written in text:
            return text.replace(written, instead, 1)
    return typing_error(world, text)


def word_error(world, text):
    kind = world.uniform()
    if kind < 0.55:
        return typing_error(world, text)
    if kind < 0.80:
        return respelled(world, text, SOUNDS)
    if kind < 0.90:
        return respelled(world, text, SHAPES)
    return typing_error(world, typing_error(world, text))


def digit_error(world, text):
    if len(text) < 2:
        return text
    at = world.below(len(text))
    if world.uniform() < 0.35:
        return exchanged(text, min(at, len(text) - 2))
    return text[:at] + str(world.below(10)) + text[at + 1 :]


def date_error(world, text):
    year, month, day = map(int, text.split("-"))
    kind = world.uniform()
    if kind < 0.30 and day <= 12:
        month, day = day, month
    elif kind < 0.55:
        day = 1 + world.below(28)
    elif kind < 0.70:
        year += world.pick((-1, 1))
    elif kind < 0.80:
        year += world.pick((-10, 10))
    elif kind < 0.90:
        month = 1 + world.below(12)
    else:
        year = 1900 + year % 10 * 10 + year // 10 % 10
    return f"{year}-{month:02d}-{min(day, 28):02d}"


def street_error(world, text):
    parts = text.split(" ")
    if world.uniform() < 0.35 and parts[-1] in STREET_KINDS:
        parts[-1] = STREET_KINDS[parts[-1]]
    else:
        at = world.below(len(parts))
        parts[at] = digit_error(world, parts[at]) if parts[at].isdigit() else word_error(world, parts[at])
    return " ".join(parts)


# Where an error falls: the upper end of its share, the column, the error. What is left over exchanges the names.
ERRORS = [
    (0.22, GIVEN, word_error), (0.46, SURNAME, word_error), (0.60, DOB, date_error), (0.74, STREET, street_error),
    (0.82, CITY, word_error), (0.89, POSTCODE, digit_error), (0.94, PHONE, digit_error), (0.98, ID, digit_error),
]  # fmt: skip


def copy(world, person):
    """A later record of the person: what changed in life first, then the errors of whoever wrote it down."""
    record, uniform = list(person), world.uniform
    if uniform() < 0.07:
        record[STREET], record[CITY], record[POSTCODE] = world.address()
    if uniform() < 0.12:
        record[PHONE] = world.phone()
    if uniform() < 0.025:
        record[SURNAME] = world.surname.draw()
    if uniform() < 0.07 and record[GIVEN] in NICKNAMES:
        record[GIVEN] = world.pick(NICKNAMES[record[GIVEN]])
    kind = uniform()
    if kind < 0.02:
        record[GIVEN] = record[GIVEN][0]
    elif kind < 0.05:
        record[GIVEN] += " " + world.pick(world.common_given)
    for _ in range(1 + (uniform() < 0.55) + (uniform() < 0.30) + (uniform() < 0.12)):
        where = uniform()
        for share, column, error in ERRORS:
            if where < share:
                record[column] = error(world, record[column])
                break
        else:
            record[GIVEN], record[SURNAME] = record[SURNAME], record[GIVEN]
    return record


def with_gaps(world, record):
    record = list(record)
    for column, rate in MISSING:
        if world.uniform() < rate:
            record[column] = ""
    return record


def copies_of(dice, persons, duplicates):
    """How many copies each person has, a byte a person: one mostly, at times up to four, `duplicates` in all."""
    copies, left = bytearray(persons), duplicates
    while left:
        count = min(left, dice.choices((1, 2, 3, 4), (80, 14, 4.5, 1.5))[0])
        at = dice.randrange(persons)
        if copies[at] + count <= 255:
            copies[at] += count
            left -= count
    return copies


def records(world, persons, duplicates):
    """All records with the number of their person, the copies after their original."""
    copies = copies_of(world.dice, persons, duplicates)
    homes = deque(maxlen=3000)  # [record of whoever founded the household, persons in it]
    for number in range(persons):
        person = world.person()
        home = world.pick(homes) if len(homes) > 50 and world.uniform() < 0.30 else None
        if home and home[1] < 6:
            join(world, person, home[0])
            home[1] += 1
        else:
            home = [person, 1]
        homes.append(home)
        yield number, with_gaps(world, person)
        for _ in range(copies[number]):
            yield number, with_gaps(world, copy(world, person))


def join(world, person, founder):
    for column in (SURNAME, STREET, CITY, POSTCODE):
        person[column] = founder[column]
    if world.uniform() < 0.6:
        person[PHONE] = founder[PHONE]
    kind = world.uniform()
    if kind < 0.004:
        person[GIVEN] = founder[GIVEN]
    elif kind < 0.014:
        person[DOB] = founder[DOB]


def write(options):
    dice = random.Random(options.seed)
    duplicates = round(options.rows * options.duplicates)
    persons = options.rows - duplicates
    world = World(dice, options.rows)
    width = len(str(options.rows))
    with tempfile.TemporaryDirectory(dir=options.out.parent) as folder:
        buckets = [Path(folder, str(at)) for at in range(1 + options.rows // 100_000)]
        files = [bucket.open("w", encoding="utf-8") for bucket in buckets]
        for number, record in records(world, persons, duplicates):
            files[world.below(len(files))].write(f"{number:0{width}d},{','.join(record)}\n")
        for file in files:
            file.close()
        written = 0
        with options.out.open("w", encoding="utf-8") as people, options.truth.open("w", encoding="utf-8") as truth:
            people.write(",".join(COLUMNS) + "\n")
            truth.write("rec_id,entity_id\n")
            for bucket in buckets:
                lines = bucket.read_text(encoding="utf-8").splitlines()
                dice.shuffle(lines)
                for line in lines:
                    number, _, cells = line.partition(",")
                    people.write(f"R{written:0{width}d},{cells}\n")
                    truth.write(f"R{written:0{width}d},E{number}\n")
                    written += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, required=True, help="records in all")
    parser.add_argument("--duplicates", type=float, default=0.2, help="share of them that are copies (default: 0.2)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another register (default: 1)")
    parser.add_argument("--out", type=Path, required=True, help="CSV file of the records")
    parser.add_argument("--truth", type=Path, required=True, help="CSV file of the persons they belong to")
    options = parser.parse_args()
    if options.rows < 1 or not 0 <= options.duplicates <= 0.9:
        parser.error("--rows must be at least 1, --duplicates from 0 to 0.9")
    if round(options.rows * (1 - options.duplicates)) < 1:
        parser.error("--duplicates leaves no person")
    write(options)


if __name__ == "__main__":
    main()
