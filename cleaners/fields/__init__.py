"""Fields that stand in the text: datelines, bylines, agencies, captions, the headline again.

Every step takes the paragraphs and gives findings. Where a step is not sure, the line stays.
"""
