from flows.feeds.shapes import fields, objects, text


def test_what_has_another_shape_is_nothing() -> None:
    assert [text(value) for value in (" a ", " ", None, 3)] == ["a", None, None, None]
    assert [fields(value) for value in ({"a": 1}, "a", None)] == [{"a": 1}, {}, {}]
    assert [objects(value) for value in ([{"a": 1}, "b"], "a", {"a": 1}, None)] == [[{"a": 1}], [], [], []]
