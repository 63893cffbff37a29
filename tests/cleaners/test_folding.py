import sys

from cleaners.folding import fold, key, squeeze


def test_folding_keeps_the_length_of_every_code_point() -> None:
    wrong = [point for point in range(sys.maxunicode + 1) if len(fold(chr(point))) != 1]
    assert wrong == []


def test_folding_twice_changes_nothing_more() -> None:
    every = "".join(map(chr, range(0x3000)))
    assert fold(fold(every)) == fold(every)


def test_case_quotes_dashes_white_space_and_the_final_full_stop_do_not_count() -> None:
    assert key("  “Read”\u00a0more —\tHERE. ") == key("'read' more - here").replace("'", '"')


def test_final_sigma_is_a_sigma() -> None:
    assert fold("ΝΕΑΣ ΝΈΑς") == "νεασ νέασ"


def test_every_run_of_white_space_becomes_one_space() -> None:
    """Whatever its code points: text that needs no squeezing is found by a short cut."""
    white = [chr(point) for point in range(sys.maxunicode + 1) if chr(point).isspace()]
    assert {squeeze(f"a{mark}b{mark}{mark}c") for mark in white} == {"a b c"}
    assert {squeeze(f"{mark}a") + squeeze(f"b{mark}") for mark in white} == {"ab"}


def test_a_text_folds_as_its_lines_do() -> None:
    """Paragraphs are cut out of the folded text: the small letter of a sigma depends on what stands around it."""
    lines = ["ΝΕΑΣ", "Σ", "İstanbul", "“A”", "ΟΣ Σ"]
    assert fold("\n".join(lines)).split("\n") == [fold(line) for line in lines]
