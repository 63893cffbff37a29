"""A small page for tests of the page model."""

from cleaners.model.blocks import Block, Blocks, Node, themes_of

PROSE = "The bridge over the old canal was closed for repairs on Monday, and the council said it would stay shut till"
PROSE = f"{PROSE} the spring of the year after the next one."


def page() -> tuple[Blocks, list[float]]:
    """A menu, a story of two paragraphs with a sub-heading, and a line far from both."""
    body = Node(0, "body", None)
    menu, article = Node(1, "ul", body, "nav-menu"), Node(2, "article", body, "story", themes_of("story"))
    nodes = [body, menu, article]
    blocks = []
    for tag, parent, text, linked in (
        ("li", menu, "Weather", 7),
        ("h1", article, "A bridge is shut", 0),
        ("p", article, PROSE, 0),
        ("h2", article, "What comes next", 0),
        ("p", article, f"{PROSE} Again.", 0),
    ):
        node = Node(len(nodes), tag, parent)
        nodes.append(node)
        blocks.append(Block(text, node, linked, 0))
    return Blocks(tuple(blocks), tuple(nodes)), [0.0, 0.0, 1.0, 0.0, 1.0]
