"""Fields that stand in the text: headlines, datelines, bylines, agencies, captions, tags.

Readers say what a line of a known role says; steps propose which lines are sure.
Where a step is not sure, the line stays.
"""
