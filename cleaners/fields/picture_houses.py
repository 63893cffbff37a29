"""Who supplies pictures and nothing else: stock houses, picture agencies, collections. Folded, as all names here."""

import re

HOUSES = (
    *("getty", "getty images", "getty image", "shutterstock", "istock", "istockphoto", "alamy", "alamy stock photo"),
    *("unsplash", "pexels", "pixabay", "wikimedia", "wikimedia commons", "wikipedia", "flickr", "depositphotos"),
    *("adobe stock", "dreamstime", "123rf", "freepik", "imago", "picture alliance", "picture-alliance", "zuma"),
    *("zuma wire", "zuma press", "epa-efe", "scanpix", "ritzau scanpix", "tt nyhetsbyrån", "wireimage", "filmmagic"),
    *("rex features", "splash news", "backgrid", "magnum photos", "panos pictures", "nurphoto", "sipa usa"),
    *(
        "press association",
        "aap image",
        "lat images",
        "motorsport images",
        "visual china group",
        "视觉中国",
        "アフロ",
    ),
)
"""Their names alone are a credit."""

AMBIGUOUS = ("epa", "rex", "wenn", "splash", "polaris", "sipa")
"""Words or offices as well: `(EPA 2024)` is a source of figures, `Chai T. Rex` a reader."""

STOCK = rf"(?:{'|'.join(re.escape(house) for house in sorted(HOUSES, key=len, reverse=True))})"
"""A regular expression for a house whose name alone is a credit."""

ANY_HOUSE = rf"(?:{STOCK}|{'|'.join(AMBIGUOUS)})"
"""The same, and those that are a credit only behind a slash or a sign, or alone in brackets."""

ENDINGS = (*HOUSES, *AMBIGUOUS)
"""What a line must end with for a search to succeed."""
