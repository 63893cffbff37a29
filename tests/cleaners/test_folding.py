import sys

from cleaners.folding import fold, key


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
