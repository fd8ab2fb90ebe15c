# SPDX-License-Identifier: MIT
"""The measurements as tables, for a terminal and for docs/performance.md.

A ratio is a median divided by that of the first row.
"""

import statistics
import textwrap

WIDTH = 110


def time_text(seconds):
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size or unit == "µs":
            return f"{three_digits(seconds / size)} {unit}"
    return ""


def three_digits(number):
    return f"{number:.{0 if number >= 100 else 1 if number >= 10 else 2}f}"


def quantity_text(quantity, value):
    return time_text(value) if quantity == "seconds" else f"{value / 1e6:.0f} MB"


def values(entrant, quantity):
    return [measured[quantity] for measured in entrant["measurements"]]


def best_of_each(case):
    """For each program its fastest way to use threads, in order; those that failed as they are."""
    best = {}
    for entrant in case["entrants"]:
        old = best.get(entrant["name"])
        if not entrant["measurements"]:
            best.setdefault(entrant["name"], entrant)
        elif not old or not old["measurements"] or (
                statistics.median(values(entrant, case["quantity"])) <
                statistics.median(values(old, case["quantity"]))):
            best[entrant["name"]] = entrant
    return list(best.values())


def answer_text(entrant):
    """How right the program is."""
    if "accuracy" in entrant["measurements"][0]:
        return f"{100 * statistics.median(values(entrant, 'accuracy')):.2f} %"
    if "error" in entrant["measurements"][0]:
        return f"off by {max(values(entrant, 'error')):.0e}"
    return ""


def case_table(case):
    quantity = case["quantity"]
    entrants = best_of_each(case)
    heading = ["", "threads", "median", "smallest to largest", "ratio", "answer"]
    rows = []
    reference = None
    for entrant in entrants:
        if not entrant["measurements"]:
            rows.append([entrant["label"], entrant["threads"],
                         "wrong" if entrant["is_wrong"] else "none", "", "", ""])
            continue
        numbers = values(entrant, quantity)
        median = statistics.median(numbers)
        reference = reference or median
        spread = " to ".join(quantity_text(quantity, number)
                             for number in (min(numbers), max(numbers)))
        rows.append([entrant["label"], entrant["threads"], quantity_text(quantity, median), spread,
                     three_digits(median / reference), answer_text(entrant)])
    rows += [[label, "", f"missing: {package}", "", "", ""]
             for label, package in case["missing"].items()]
    keep = [i for i in range(len(heading)) if i == 0 or any(row[i] for row in rows)]
    return [[row[i] for i in keep] for row in [heading, *rows]]


def growth_tables(growth):
    """One for each thing that grows: the time of an iteration of each program."""
    for series in growth["series"]:
        labels = list(dict.fromkeys(point["label"] for point in series["points"]))
        table = [[series["title"], *labels]]
        for x in dict.fromkeys(point["x"] for point in series["points"]):
            cells = {point["label"]: time_text(point["seconds"]) if "seconds" in point
                     else point["problem"] for point in series["points"] if point["x"] == x}
            table.append([f"{x:,}", *[cells.get(label, "") for label in labels]])
        yield table


def notes(case):
    """What the table does not show."""
    found = [f"{entrant['label']} with threads {entrant['threads']}: {entrant['problem']}."
             for entrant in case["entrants"] if entrant["problem"]]
    samples = {entrant["label"]: measured["measured_on"] for entrant in case["entrants"]
               for measured in entrant["measurements"] if "measured_on" in measured}
    if samples:
        found.append(f"Measured on about {round(min(samples.values()), -2):,} of the parameters and "
                     f"scaled up: {'; '.join(samples)}.")
    return " ".join(found)


def has_wrong_answers(results):
    wrong = [entrant["is_wrong"] for case in results["cases"].values()
             for entrant in case["entrants"]]
    wrong += ["problem" in point for series in results.get("growth", {"series": []})["series"]
              for point in series["points"]]
    return any(wrong)


def sections(results):
    """(title, table, notes) of everything measured."""
    for name, case in results["cases"].items():
        yield f"{name}: {case['title']}", case_table(case), notes(case)
    if "growth" in results:
        for table in growth_tables(results["growth"]):
            yield "", table, ""


def processor_share(results):
    """What programs of one thread got of a processor; less than all of it, and times are noise."""
    shares = [measured["cpu_seconds"] / measured["process_seconds"]
              for case in results["cases"].values() for entrant in case["entrants"]
              if entrant["threads"] == "1" for measured in entrant["measurements"]]
    if not shares:
        return ""
    return (f" Programs with one thread had a processor for "
            f"{100 * statistics.median(shares):.0f} % of the time.")


def machine_text(results):
    machine = results["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    return (f"{machine['date']}, {machine['processor']}, {machine['processors']} processors, "
            f"{machine['memory_gb']:.0f} GB, {machine['system']}; {versions}. "
            f"Load {machine['load_at_start']:.1f} at the start, {machine['load_at_end']:.1f} at "
            f"the end.{processor_share(results)}"
            + (" Quick: shorter jobs than the titles say, each once." if results["quick"] else ""))


def text(results):
    lines = textwrap.wrap(machine_text(results), WIDTH)
    for title, table, remark in sections(results):
        widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
        lines += ["", title] if title else [""]
        for row in table:
            cells = [cell.rjust(width) if i else cell.ljust(width)
                     for i, (cell, width) in enumerate(zip(row, widths))]
            lines.append("  ".join(cells).rstrip())
        lines += textwrap.wrap(remark, WIDTH)
    return "\n".join(lines)


def markdown(results):
    lines = textwrap.wrap(f"Measured {machine_text(results)}", WIDTH)
    for title, table, remark in sections(results):
        lines += ["", f"**{title}**", ""] if title else [""]
        heading, *rows = table
        lines.append("| " + " | ".join(heading) + " |")
        lines.append("|---" + "|---:" * (len(heading) - 1) + "|")
        lines += ["| " + " | ".join(row) + " |" for row in rows]
        if remark:
            lines += ["", *textwrap.wrap(remark, WIDTH)]
    return "\n".join(lines)
