import pytest

from cleaners.document import Kind, Removal
from cleaners.errors import RestoreError
from cleaners.findings import Finding, Said, Step
from cleaners.removals import cuts, remove, restore, settle, within_budget


def finding(
    start: int, end: int, *, step: Step = Step.FIELD, action: Said = "removed", whole: bool = False, value: str = ""
) -> Finding:
    return Finding(
        start=start,
        end=end,
        kind=Kind.AD_MARKER,
        action=action,
        step=step,
        rule=f"{step.name}:{start}",
        reason="a test",
        values=(("captions", value),) if value else (),
        whole=whole,
    )


def removal(start: int, end: int, text: str) -> Removal:
    return Removal(
        start=start, end=end, text=text, kind=Kind.AD_MARKER, action="removed", fields=(), rule="r", reason="a test"
    )


def test_a_whole_line_takes_its_own_break() -> None:
    kept, removed = remove("a\nb\nc", [finding(2, 3, whole=True)], [])
    assert (kept, [(r.start, r.end, r.text) for r in removed]) == ("a\nc", [(2, 4, "b\n")])


def test_the_last_line_takes_the_break_before_it() -> None:
    kept, removed = remove("a\nb", [finding(2, 3, whole=True)], [])
    assert (kept, [(r.start, r.end, r.text) for r in removed]) == ("a", [(1, 3, "\nb")])


def test_several_last_lines_leave_no_empty_line_behind() -> None:
    kept, removed = remove("a\nb\nc", [finding(2, 3, whole=True), finding(4, 5, whole=True)], [])
    assert (kept, [r.text for r in removed]) == ("a", ["\nb", "\nc"])


def test_the_only_line_leaves_nothing() -> None:
    assert remove("a", [finding(0, 1, whole=True)], [])[0] == ""


def test_part_of_a_line_leaves_the_white_space_around_it() -> None:
    assert remove("a b c\n", [finding(2, 3)], [])[0] == "a  c\n"


def test_runs_of_barred_characters_are_one_removal_each_and_keep_out_of_others() -> None:
    kept, removed = remove("\x00\x01a\nb\x02\n\ud800c\t", [finding(4, 6, whole=True)], [])
    assert kept == "a\nc\t"
    assert [(r.start, r.end, r.kind) for r in removed] == [
        (0, 2, Kind.CONTROL_CHARACTER),
        (4, 7, Kind.AD_MARKER),
        (7, 8, Kind.CONTROL_CHARACTER),
    ]


def test_of_two_overlapping_findings_the_earlier_step_has_its_way() -> None:
    assert settle([finding(0, 9), finding(2, 4, step=Step.PUBLISHER_PHRASE)]) == (
        finding(2, 4, step=Step.PUBLISHER_PHRASE),
    )


def test_of_two_of_one_step_the_longer_has_its_way() -> None:
    assert settle([finding(0, 3), finding(2, 9)]) == (finding(2, 9),)


def test_a_notice_protects_its_text() -> None:
    notice = finding(0, 9, step=Step.NOTICE, action="flagged")
    assert settle([finding(0, 9, step=Step.PUBLISHER_PHRASE), notice]) == (notice,)


def test_what_a_covered_finding_read_is_not_lost() -> None:
    winner = finding(0, 9, step=Step.COMMON_PHRASE)
    (settled,) = settle([winner, finding(2, 4, action="moved", value="a caption")])
    assert settled.values == (("captions", "a caption"),)
    assert settled.rule == winner.rule


def test_fields_read_from_inside_a_removal_are_named_in_it() -> None:
    read = finding(1, 2, action="read", value="x")
    _, removed = remove("abc", [finding(0, 3)], [read])
    assert removed[0].fields == ("captions",)


def test_past_half_of_the_text_common_phrases_are_withdrawn_and_nothing_else() -> None:
    common = [finding(0, 3, step=Step.COMMON_PHRASE), finding(4, 7, step=Step.COMMON_PHRASE)]
    own = finding(8, 9, step=Step.PUBLISHER_PHRASE)
    assert within_budget([*common, own], "x" * 11) == ((own,), True)
    assert within_budget([*common, own], "x" * 12) == ((*common, own), False)


def test_moved_text_does_not_count_against_the_budget() -> None:
    moved = finding(0, 9, step=Step.COMMON_PHRASE, action="moved", value="x")
    assert within_budget([moved], "x" * 10) == ((moved,), False)


@pytest.mark.parametrize(
    "removed",
    [
        [removal(0, 2, "a")],
        [removal(0, 2, "ab"), removal(1, 2, "b")],
        [removal(9, 10, "a")],
    ],
    ids=["length", "overlap", "beyond the text"],
)
def test_removals_that_contradict_themselves_or_the_text_are_refused(removed: list[Removal]) -> None:
    with pytest.raises(RestoreError, match="does not fit the text"):
        restore("abc", removed)


def test_removals_may_come_in_any_order() -> None:
    assert restore("b", [removal(2, 3, "c"), removal(0, 1, "a")]) == "abc"


def test_every_barred_character_is_cut_out_and_no_other() -> None:
    barred = {*map(chr, range(0x20)), "\x7f", *map(chr, range(0xD800, 0xE000))} - {"\n", "\t"}
    cut = {mark for point in range(0x3000) if cuts(f"a{(mark := chr(point))}b") == [(1, 2)]}
    cut |= {mark for point in range(0xD700, 0x10100) if cuts(f"a{(mark := chr(point))}b") == [(1, 2)]}
    assert cut == barred
    assert all(remove(f"a{mark}b", (), ())[0] == "ab" for mark in barred)
