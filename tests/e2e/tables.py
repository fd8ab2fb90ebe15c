# SPDX-License-Identifier: MIT
"""Ten tables of well-known kinds, made anew: the layout, sizes and oddities of the files people have.

No row is copied. Means, deviations and how far one column tells of another are about those of the original, so
that a network finds each about as hard. The same rows come every time.
"""

import dataclasses
import gzip
import math
import pathlib
import random
import struct


USUAL_LABELS = ("label", "diagnosis", "species", "survived")  # names that no --label is needed for


@dataclasses.dataclass(frozen=True)
class Table:
    """A table as text, and what a user has to say about it."""

    name: str
    file: str
    text: str
    options: tuple = ()  # of gradus train
    test_text: str = ""  # rows of a test file, where the original has one
    separator: str = ","
    has_header: bool = True

    def files(self):
        """What to write: names and texts."""
        if not self.test_text:
            return {self.file: self.text}
        return {f"{self.name}/train.csv": self.text, f"{self.name}/test.csv": self.test_text}

    @property
    def data(self):
        """What --data takes."""
        return self.name if self.test_text else self.file


def draw_row(source, means, deviations, common=0.0):
    """One normal number for each mean; any two have the correlation `common`."""
    shared = source.gauss(0, 1)
    own, together = math.sqrt(1 - common), math.sqrt(common)
    return [mean + deviation * (together * shared + own * source.gauss(0, 1))
            for mean, deviation in zip(means, deviations)]


def chance(source, log_odds):
    return source.random() < 1 / (1 + math.exp(-log_odds))


def shown(number, digits):
    """As people write numbers: 5.1, 14 rather than 14.0, nothing below 0."""
    return f"{max(number, 0):.{digits}f}" if digits else str(max(round(number), 0))


def lines(rows, separator=",", header=None):
    rows = ([header] if header else []) + rows
    return "".join(separator.join(map(str, row)) + "\n" for row in rows)


def iris():
    """150 flowers sorted by species, which are words in the last column."""
    source = random.Random(1)
    species = {"setosa": ([5.0, 3.4, 1.5, 0.2], [0.35, 0.38, 0.17, 0.1]),
               "versicolor": ([5.9, 2.8, 4.3, 1.3], [0.52, 0.31, 0.47, 0.2]),
               "virginica": ([6.6, 3.0, 5.6, 2.0], [0.64, 0.32, 0.55, 0.27])}
    rows = [[shown(max(x, 0.1), 1) for x in draw_row(source, *moments, common=0.5)] + [name]
            for name, moments in species.items() for _ in range(50)]
    header = ["sepal_length", "sepal_width", "petal_length", "petal_width", "species"]
    return Table("iris", "iris.csv", lines(rows, header=header))


def wine():
    """178 wines of three growers: the class first, no header, from thousandths to thousands."""
    source = random.Random(2)
    growers = (
        (59, [13.7, 2.0, 2.46, 17, 106, 2.84, 2.98, 0.29, 1.9, 5.5, 1.06, 3.16, 1116],
         [0.46, 0.69, 0.23, 2.5, 10.5, 0.34, 0.4, 0.07, 0.41, 1.2, 0.12, 0.36, 221]),
        (71, [12.3, 1.9, 2.24, 20, 94.5, 2.26, 2.08, 0.36, 1.63, 3.1, 1.06, 2.79, 520],
         [0.54, 1.0, 0.32, 3.3, 16.8, 0.55, 0.71, 0.12, 0.6, 0.92, 0.2, 0.5, 157]),
        (48, [13.2, 3.3, 2.44, 21.4, 99.3, 1.68, 0.78, 0.45, 1.15, 7.4, 0.68, 1.68, 630],
         [0.53, 1.1, 0.18, 2.3, 10.9, 0.36, 0.29, 0.12, 0.41, 2.3, 0.11, 0.27, 115]))
    digits = [2, 2, 2, 1, 0, 2, 2, 2, 2, 2, 2, 2, 0]
    rows = [[number, *map(shown, draw_row(source, means, deviations, common=0.1), digits)]
            for number, (count, means, deviations) in enumerate(growers, 1) for _ in range(count)]
    return Table("wine", "wine.data", lines(rows), ("--label", "1"), has_header=False)


def breast_cancer():
    """569 tumours: a number for each patient first, M or B second, and a last column without name or content."""
    source = random.Random(3)
    parts = ["radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave points",
             "symmetry", "fractal_dimension"]
    # Of each part: mean and deviation of its mean, its error and its worst, benign and malignant.
    shapes = [((12.1, 1.8), (17.5, 3.2)), ((17.9, 4.0), (21.6, 3.8)), None, None, ((0.092, 0.013), (0.103, 0.013)),
              ((0.08, 0.034), (0.145, 0.054)), ((0.046, 0.043), (0.161, 0.075)), ((0.026, 0.016), (0.088, 0.034)),
              ((0.174, 0.025), (0.193, 0.028)), ((0.063, 0.007), (0.063, 0.008))]
    rows = []
    for malignant in source.sample([True] * 212 + [False] * 357, 569):
        moments = [shape[malignant] if shape else (0, 0) for shape in shapes]
        means = draw_row(source, *zip(*moments), common=0.4)
        means[2] = 6.55 * means[0] + source.gauss(0, 2.2)
        means[3] = math.pi * means[0] ** 2 * source.gauss(0.98, 0.02)
        growth = source.gauss(1.21 if malignant else 1.1, 0.05)
        errors = [abs(mean) * source.lognormvariate(-3.3 if malignant else -3.6, 0.4) for mean in means]
        worst = [mean * growth ** power * source.gauss(1, 0.06)
                 for mean, power in zip(means, [1, 2, 1, 2, 2, 4, 4, 3, 3, 2])]
        numbers = [shown(x, 2 if x > 5 else 5) for x in [*means, *errors, *worst]]
        rows.append([source.randrange(8_000, 99_000_000), "BM"[malignant], *numbers, ""])
    header = ["id", "diagnosis", *(f"{part}_{kind}" for kind in ("mean", "se", "worst") for part in parts), ""]
    return Table("breast cancer", "data.csv", lines(rows, header=[f'"{name}"' if name else "" for name in header]),
                 ("--ignore", "id,33"))


def diabetes():
    """442 patients between tabs; the last column, Y, is a number to learn."""
    source = random.Random(4)
    rows = []
    for _ in range(442):
        lipids = source.gauss(0, 1)
        age, sex = round(source.gauss(48.5, 13)), source.randrange(1, 3)
        weight = 0.4 * lipids + 0.92 * source.gauss(0, 1)
        pressure = 0.3 * weight + 0.15 * lipids + 0.94 * source.gauss(0, 1)
        cholesterol = 0.5 * lipids + 0.87 * source.gauss(0, 1)
        low = 0.9 * cholesterol + 0.44 * source.gauss(0, 1)
        high = -0.6 * lipids + 0.8 * source.gauss(0, 1)
        ratio = max(1.5, 4.07 + 1.29 * (0.45 * low - 0.6 * high + 0.5 * source.gauss(0, 1)))
        fats = 0.65 * lipids + 0.76 * source.gauss(0, 1)
        sugar = 0.45 * lipids + 0.89 * source.gauss(0, 1)
        log = 24 * weight + 15 * pressure - 11 * (sex - 1.5) + 28 * fats - 6 * high + 3 * sugar
        y = round(min(max(152 + log + 6 * weight * fats + source.gauss(0, 52), 25), 346))
        rows.append([max(age, 19), sex, shown(26.4 + 4.4 * weight, 1), shown(94.6 + 13.8 * pressure, 0),
                     shown(189 + 34.6 * cholesterol, 0), shown(115 + 30.4 * low, 1), shown(49.8 + 12.9 * high, 0),
                     shown(ratio, 2), shown(4.64 + 0.52 * fats, 4), shown(91.3 + 11.5 * sugar, 0), y])
    header = ["AGE", "SEX", "BMI", "BP", *(f"S{i}" for i in range(1, 7)), "Y"]
    return Table("diabetes", "diabetes.tab.txt", lines(rows, "\t", header), ("--target", "Y"), separator="\t")


def titanic():
    """891 passengers: words, names with commas in quotes, ages and most cabins missing, two ports too."""
    source = random.Random(5)
    rows = []
    for number in range(1, 892):
        level = source.choices([1, 2, 3], [216, 184, 491])[0]
        is_woman = source.random() < [0.44, 0.41, 0.29][level - 1]
        age = min(max(source.gauss([38, 30, 25][level - 1], 14), 0.4), 80)
        kin, parents = (source.choices(range(4), weights)[0] for weights in ([68, 23, 5, 4], [76, 13, 9, 2]))
        odds = [-0.5, -2.3, -2.2][level - 1] + is_woman * [3.9, 4.7, 2.2][level - 1]
        odds += 2 * (age < 12) - 0.3 * kin - 0.02 * (age - 30)
        title = ("Mrs." if age > 25 else "Miss.") if is_woman else ("Mr." if age > 14 else "Master.")
        family = source.choice(["Ash", "Birch", "Elm", "Hazel", "Oak", "Pine", "Rowan"]) + source.choice("abcde")
        name = f'"{family}, {title} {source.choice(["Ada", "Bo", "Kim", "Lou"])} (""{number}"")"'
        fare = source.lognormvariate([4.1, 2.9, 2.3][level - 1], 0.5) * (1 + 0.4 * (kin + parents))
        cabin = f"{source.choice('ABCDE')}{source.randrange(1, 130)}" if source.random() < 0.6 / level ** 2 else ""
        port = "" if number in (62, 830) else source.choices("SCQ", [644, 168, 77])[0]
        rows.append([number, int(chance(source, odds)), level, name, "female" if is_woman else "male",
                     "" if source.random() < 0.2 else f"{age:.2f}" if age < 1 else round(age), kin, parents,
                     source.choice(["", "A/5 ", "PC ", "STON/O2. "]) + str(source.randrange(2000, 400_000)),
                     f"{fare:.4f}".rstrip("0").rstrip("."), cabin, port])
    header = ["PassengerId", "Survived", "Pclass", "Name", "Sex", "Age", "SibSp", "Parch", "Ticket", "Fare", "Cabin",
              "Embarked"]
    return Table("titanic", "titanic.csv", lines(rows, header=header),
                 ("--ignore", "PassengerId,Name,Ticket,Cabin", "--missing", "mean"))


def read_idx(path):
    """The bytes of an IDX file and their sizes."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    num_axes = data[3]
    return data[4 + 4 * num_axes:], struct.unpack(f">{num_axes}I", data[4:4 + 4 * num_axes])


def digits(mnist, count=1500):
    """The first images of MNIST as Kaggle's digits have them: the label, then 784 pixels."""
    pixels, _ = read_idx(next(pathlib.Path(mnist).glob("train-images-idx3-ubyte*")))
    labels, _ = read_idx(next(pathlib.Path(mnist).glob("train-labels-idx1-ubyte*")))
    rows = [[labels[i], *pixels[784 * i:784 * (i + 1)]] for i in range(count)]
    return Table("digits", "digits.csv", lines(rows, header=["label", *(f"pixel{i}" for i in range(784))]))


def wine_quality(as_number=False):
    """1,599 wines between semicolons, names in quotes: what tasters gave, 3 to 8, stands last."""
    source = random.Random(6)
    columns = [("fixed acidity", 8.3, 1.7, 1), ("volatile acidity", 0.53, 0.18, 2), ("citric acid", 0.27, 0.19, 2),
               ("residual sugar", 2.5, 1.4, 1), ("chlorides", 0.087, 0.047, 3), ("free sulfur dioxide", 16, 10.5, 0),
               ("total sulfur dioxide", 46, 33, 0), ("density", 0.9967, 0.0019, 5), ("pH", 3.31, 0.15, 2),
               ("sulphates", 0.66, 0.17, 2), ("alcohol", 10.4, 1.07, 1)]
    rows = []
    for _ in range(1599):
        z = [source.gauss(0, 1) for _ in columns]
        z[6] = 0.67 * z[5] + 0.74 * z[6]
        z[7] = 0.67 * z[0] - 0.5 * z[10] + 0.55 * z[7]
        z[8] = -0.68 * z[0] + 0.73 * z[8]
        taste = 5.6 + 0.32 * z[10] - 0.22 * z[1] + 0.18 * min(z[9], 1) - 0.1 * z[6] - 0.08 * z[8] - 0.06 * z[4]
        rows.append([shown(max(mean + deviation * x, mean / 8), places)
                     for x, (_, mean, deviation, places) in zip(z, columns)]
                    + [min(max(round(taste + source.gauss(0, 0.6)), 3), 8)])
    header = [f'"{name}"' for name in [*(column[0] for column in columns), "quality"]]
    return Table("wine quality", "winequality-red.csv", lines(rows, ";", header),
                 ("--target" if as_number else "--label", "quality"), separator=";")


def housing():
    """506 quarters of a town; MEDV, the price of a home in thousands, is a number to learn."""
    source = random.Random(7)
    rows = []
    for _ in range(506):
        decay = source.gauss(0, 1)  # how poor and how near to the industry
        is_far_out = source.random() < 0.26
        is_industrial = decay > 0.6
        crime = source.lognormvariate(1.6 if is_industrial else -1.9, 1)
        zone = source.choice([12.5, 20, 25, 40, 80]) if decay < 0 and is_far_out else 0
        industry = 18.1 if is_industrial else min(max(8 + 5 * decay + source.gauss(0, 3), 0.5), 27)
        river = int(source.random() < 0.07)
        smoke = min(max(0.55 + 0.09 * decay + source.gauss(0, 0.05), 0.385), 0.871)
        rooms = 6.28 - 0.25 * decay + source.gauss(0, 0.62)
        age = min(max(68 + 20 * decay + source.gauss(0, 18), 3), 100)
        distance = math.exp(1.19 - 0.42 * decay + source.gauss(0, 0.25))
        ring = 24 if is_industrial else source.randrange(1, 9)
        tax = 666 if is_industrial else round(source.gauss(310, 60))
        pupils = 20.2 if is_industrial else min(max(source.gauss(18, 2), 12.6), 22)
        blocks = 396.9 if source.random() < 0.25 else max(390 - source.expovariate(0.02), 0.3)
        poor = min(max(math.exp(2.35 + 0.42 * decay - 0.35 * (rooms - 6.28) + source.gauss(0, 0.28)), 1.7), 38)
        price = 44 - 9.5 * math.log(poor) + 3.2 * max(rooms - 6, -0.5) ** 2 + 2.5 * (rooms - 6.28) + 2.7 * river
        price -= 0.9 * (pupils - 18.4) + 14 * (smoke - 0.55) + 0.07 * crime + 0.9 * (distance - 3.8)
        rows.append([f"{crime:.5f}", zone, f"{industry:.2f}", river, f"{smoke:.3f}", f"{rooms:.3f}", f"{age:.1f}",
                     f"{distance:.4f}", ring, tax, f"{pupils:.1f}", f"{blocks:.2f}", f"{poor:.2f}",
                     shown(min(max(price + source.gauss(0, 2.7), 5), 50), 1)])
    header = ["CRIM", "ZN", "INDUS", "CHAS", "NOX", "RM", "AGE", "DIS", "RAD", "TAX", "PTRATIO", "B", "LSTAT", "MEDV"]
    return Table("housing", "housing.csv", lines(rows, header=header), ("--target", "MEDV"))


def monks():
    """The first of the monk's problems: the class first, a name last; spaces between columns and before the first.

    The class is 1 where the first two numbers are equal or the fifth is 1. All 432 robots there are test, 124
    of them are learned from.
    """
    robots = [(a, b, c, d, e, f) for a in (1, 2, 3) for b in (1, 2, 3) for c in (1, 2) for d in (1, 2, 3)
              for e in (1, 2, 3, 4) for f in (1, 2)]
    learned = sorted(random.Random(8).sample(range(len(robots)), 124))

    def text(numbers):
        return "".join(" {} {} data_{}\n".format(int(a == b or e == 1), " ".join(map(str, robots[i])), i + 1)
                       for i in numbers for a, b, _, _, e, _ in [robots[i]])

    return Table("monks", "monks-1.txt", text(learned), ("--label", "1", "--ignore", "8"), text(range(432)), " ",
                 has_header=False)


def pima():
    """768 women, eight numbers each, no header; whether they have diabetes stands last, 0 or 1."""
    source = random.Random(9)
    rows = []
    for _ in range(768):
        age = min(21 + round(source.expovariate(1 / 12.2)), 81)
        children = min(round(max(source.gauss(0.11 * (age - 12) + 1, 2.3), 0)), 17)
        sugar, pressure, fat, pedigree = (source.gauss(0, 1) for _ in range(4))
        weight = 0.3 * pressure + 0.2 * sugar + 0.9 * source.gauss(0, 1)
        fat = 0.6 * weight + 0.8 * fat
        insulin = math.exp(4.8 + 0.5 * sugar + 0.5 * source.gauss(0, 1))
        odds = -1.0 + 1.1 * sugar + 0.75 * weight + 0.35 * pedigree + 0.12 * (children - 3.8) + 0.04 * min(age - 33, 20)
        rows.append([children, shown(121 + 31 * sugar, 0), shown(72 + 12 * pressure, 0) if source.random() > 0.05 else 0,
                     shown(29 + 10 * fat, 0) if source.random() > 0.3 else 0,
                     shown(insulin, 0) if source.random() > 0.49 else 0, shown(32.4 + 6.9 * weight, 1),
                     shown(math.exp(-0.9 + 0.6 * pedigree), 3), age, int(chance(source, odds))])
    return Table("pima", "pima-indians-diabetes.csv", lines(rows), ("--label", "9"), has_header=False)


def all_tables(mnist=None):
    """All ten; nine where there is no MNIST to make digits of."""
    tables = [iris(), wine(), breast_cancer(), diabetes(), titanic(), wine_quality(), housing(), monks(), pima()]
    return tables[:5] + ([digits(mnist)] if mnist else []) + tables[5:]
