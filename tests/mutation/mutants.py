# SPDX-License-Identifier: MIT
"""Finds what can be changed in a header, and writes all of it into one text, switched by number: see mutants.hpp.

It reads tokens, no grammar. What it relies on is how this library is written: spaces around binary operators and none
in template brackets. What comes out wrong does not compile, or fails unchanged, and is noticed.
"""
import collections
import re

RELATIONS = {"<": ("less", "less_equal", "greater_equal"), "<=": ("less_equal", "less", "greater"),
             ">": ("greater", "greater_equal", "less_equal"), ">=": ("greater_equal", "greater", "less")}
EQUALITIES = {"==": ("equal_to", "not_equal_to"), "!=": ("not_equal_to", "equal_to")}
SUMS = {"+": ("plus", "minus"), "-": ("minus", "plus")}
PRODUCTS = {"*": ("multiplies", "divides"), "/": ("divides", "multiplies"), "%": ("modulus", "multiplies")}
SIGN = {name: sign for table in (RELATIONS, EQUALITIES, SUMS, PRODUCTS) for sign, (name, *_) in table.items()}
CARRIERS = ((RELATIONS, "<"), (EQUALITIES, "!="), (SUMS, "-"), (PRODUCTS, "%"))  # equally strong, to hold a Site

CLOSING = {"(": ")", "[": "]", "{": "}"}
OPENING = {close: open for open, close in CLOSING.items()}

Mutant = collections.namedtuple("Mutant", "id header line before after")


def blanked(text):
    """The code alone: comments, literals of text and lines of the preprocessor are spaces, lines about types, too, but
    for their brackets."""
    no_code = r'//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'|^[ \t]*#(?:\\\n|[^\n])*'
    text = re.sub(no_code, lambda match: re.sub(r"\S", " ", match[0]), text, flags=re.M)
    of_types = r"^.*\b(?:requires|static_assert|template|using)\b.*"
    return re.sub(of_types, lambda match: re.sub(r"[^\s(){}\[\];]", " ", match[0]), text, flags=re.M)


def matching(code, at):
    """Where the bracket at `at` is closed, or opened."""
    step, depth = 1 if code[at] in CLOSING else -1, 0
    while True:
        depth += (code[at] in CLOSING) - (code[at] in OPENING)
        if depth == 0:
            return at
        at += step


def end_of(code, at, stops):
    """The first place from `at` on, outside of brackets opened since, that matches `stops` or closes a bracket."""
    stop = re.compile(stops)
    while not (code[at] in OPENING or stop.match(code, at)):
        at = matching(code, at) + 1 if code[at] in CLOSING else at + 1
    return at


def start_of(code, at, stops):
    """The same backwards: the place behind a stop or behind a bracket that is open at `at`."""
    stop = re.compile(r".*(?:%s)\Z" % stops, re.S)
    while not (code[at - 1] in CLOSING or stop.match(code, max(0, at - 8), at)):
        at = matching(code, at - 1) if code[at - 1] in OPENING else at - 1
    return at


def end_of_operand(code, at):
    """Behind a name and all that is called, indexed or picked from it."""
    part = re.compile(r"\*|(?:\.|->|::)?[A-Za-z_]\w*")
    while True:
        match = part.match(code, at)
        if match:
            at = match.end()
        elif code[at] in "([":
            at = matching(code, at) + 1
        else:
            return at


def follows_condition(code, at, words):
    before = code[:at].rstrip()
    return before.endswith(")") and re.search(r"\b(?:%s) \Z" % words, before[:matching(before, len(before) - 1)])


def starts_statement(code, at):
    before = code[:at].rstrip()
    return re.search(r"[;{}]\Z|\belse\Z", before) or follows_condition(code, at, "if|for|while")


class Header:
    """One header and its mutants, numbered from `first_id` on, but for those in the lines `dropped` and in what decides
    the speed alone (names)."""

    def __init__(self, name, source, first_id, dropped, speed):
        self.name, self.source, self.next_id, self.dropped = name, source, first_id, dropped
        self.code = blanked(source)
        self.lines = self.code.split("\n")
        self.mutants = []
        self.edits = []  # (start, end, text before, text behind, whether what is between goes)
        self.speed = re.compile(r"\b(?:%s)\b" % "|".join(speed) if speed else "(?!)")
        self.closed = [self.definition(word) for word in speed]  # ranges that hold no mutants
        for find in (self.steps, self.statements, self.conditions, self.operators, self.words, self.numbers):
            find()

    def definition(self, name):
        for match in re.finditer(r"\b%s(?= =|;|\{|\()" % name, self.code):
            is_call = self.code[match.end()] == "("
            behind = matching(self.code, match.end()) + 1 if is_call else match.end()
            end = end_of(self.code, behind, "[;{]")
            if is_call and self.code[end] == "{":
                return match.start(), matching(self.code, end)
            if not is_call:
                return match.start(), end
        raise ValueError(f"{self.name} defines no {name}")

    def add(self, start, end, afters, write, before=None):
        """Mutants of source[start:end]. `write(id)`: text before it, text behind it, whether it is replaced by them.
        Not where only the compiler passes by, which cannot be switched."""
        number = self.source.count("\n", 0, start) + 1
        line = self.lines[number - 1]
        constant = re.search(r"\bif constexpr\b|\bconstexpr\b[^(){]*=", line)
        closed = any(low <= start < high for low, high in self.closed)
        if constant or closed or number in self.dropped or self.speed.search(line):
            return False
        self.edits.append((start, end, *write(self.next_id)))
        for after in afters:
            shown = " ".join((before or self.source[start:end]).split())
            self.mutants.append(Mutant(self.next_id, self.name, number, shown, after))
            self.next_id += 1
        return True

    def operators(self):
        for table, carrier in CARRIERS:
            for match in re.finditer(r"(?<=\s)(?:%s)(?=\s)" % "|".join(map(re.escape, table)), self.code):
                names = table[match[0]]
                types = ", ".join(f"std::{name}<>" for name in names)
                self.add(*match.span(), [SIGN[name] for name in names[1:]],
                         lambda id: (f"{carrier} mutation::Site<{id}, {types}>{{}} {carrier}", "", True))
        for match in re.finditer(r"(?<=\s)[+-]=(?=\s)", self.code):
            adds = match[0] == "+="
            self.add(*match.span(), ["-=" if adds else "+="],
                     lambda id: (f"+= mutation::Compound<{id}, {str(adds).lower()}>{{}} +=", "", True))

    def conditions(self):
        """Each part of a && or || is left out; a ! is."""
        parts = set()
        for match in re.finditer(r"(?<=\s)(?:&&|\|\|)(?=\s(?!\{))", self.code):
            stops = r"\?|;|,|\s:\s|\|\|" + ("|&&" if match[0] == "&&" else "")
            left = start_of(self.code, match.start(), stops + r"|\breturn\b|\s[-+*/%&|]?=\s")
            right = end_of(self.code, match.end(), stops)
            parts |= {(left, match.start(), match[0]), (match.end(), right, match[0])}
        for start, end, sign in sorted(parts):
            start = end - len(self.code[start:end].lstrip())
            end = start + len(self.code[start:end].rstrip())
            always, stays = ("true", "!mutation::live<{}>() ||") if sign == "&&" else ("false", "mutation::live<{}>() &&")
            self.add(start, end, [always], lambda id: (f"({stays.format(id)} (", "))", False))
        for match in re.finditer(r"(?<![\w)\]])!(?=[\w(*])", self.code):
            end = end_of_operand(self.code, match.end())
            if self.add(*match.span(), ["without !"], lambda id: (f"mutation::negated<{id}>(", "", True),
                        before=self.source[match.start():end]):
                self.edits.append((match.end(), end, "", ")", False))

    def steps(self):
        for match in re.finditer(r"(?<!operator)(?:(\+\+|--)(?=\w)|(?<=\w)(\+\+|--))", self.code):
            if match[1]:
                start, end = match.start(), end_of_operand(self.code, match.end())
            else:
                start, end = re.search(r"\w+\Z", self.code[:match.start()]).start(), match.end()
            after = self.source[start:end].replace(match[0], "--" if match[0] == "++" else "++")
            if self.add(start, end, [after], lambda id: (f"(mutation::live<{id}>() ? ", f" : {after})", False)):
                self.closed.append((start, end))  # it stands there twice

    def statements(self):
        """Jumps and bare calls are left out, and a return behind an if without else. (What is refused at compile time is
        tested by tests/compile_fail.)"""
        call = r"(?:[A-Za-z_]\w*(?:<[\w:, /]*>)?(?:::|\.|->))*[A-Za-z_]\w*(?:<[\w:, /]*>)?\("
        no_call = r"(?:if|for|while|switch|return|throw|sizeof|decltype|catch|(?:\w+\.)*reserve|detail::refuse_\w+)\b"
        jump = r"\b(?:continue|break|return|throw)\b"
        for match in re.finditer(rf"{jump}|(?<![\w.>:])(?!{no_call}){call}", self.code):
            start = match.start()
            end = end_of(self.code, start, ";") + 1
            text = self.code[start:end]
            is_statement = text.endswith(");" if match[0].endswith("(") else ";")
            is_last = match[0] == "return" and (not follows_condition(self.code, start, "if") or
                                                      self.code[end:].lstrip().startswith("else"))
            if is_statement and not is_last and starts_statement(self.code, start):
                self.add(start, end, ["left out"], lambda id: (f"{{ if (mutation::live<{id}>()) ", " }", False))

    def words(self):
        for match in re.finditer(r"\bstd::(min|max)(?:<(\w+)>)?\(", self.code):
            scalar = f", {match[2]}" if match[2] else ""
            self.add(*match.span(), ["max" if match[1] == "min" else "min"],
                     lambda id: (f"mutation::{match[1]}<{id}{scalar}>(", "", True))
        for match in re.finditer(r"\b(true|false)\b", self.code):
            self.add(*match.span(), ["false" if match[0] == "true" else "true"],
                     lambda id: (f"mutation::flag<{id}>({match[0]})", "", True))

    def numbers(self):
        """Whole ones, but for exponents (0x1p-60) and what makes a function pure."""
        for match in re.finditer(r"(?<![\w.'])(?<!p-)(?<!const = )(\d+)[uUlL]*(?![\w.'])", self.code):
            self.add(*match.span(), [str(int(match[1]) + 1), str(int(match[1]) - 1)],
                     lambda id: (f"mutation::number<{id}>({match[0]})", "", True))

    def text(self):
        """The source with all its mutants; no line moves."""
        inserts, gone = [], set()
        for start, end, before, behind, replaced in self.edits:
            inserts += [(start, 1, -end, before), (end, 0, -start, behind)]  # what ends here stands before what begins
            gone |= set(range(start, end)) if replaced else set()
        out, at = [], 0
        for place, _, _, text in sorted(inserts, key=lambda insert: insert[:3]) + [(len(self.source), 0, 0, "")]:
            out += [self.source[i] for i in range(at, place) if i not in gone] + [text]
            at = place
        return "".join(out).replace("#pragma once\n", '#pragma once\n#include "mutants.hpp"\n#line 3\n', 1)
