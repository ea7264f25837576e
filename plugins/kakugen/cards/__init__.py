"""Share cards: the picture that stands beside a link to a page where people talk, 1200 × 630 pixels.

In: the words of a card. Out: a PNG, made once for each content. A card needs Pillow, which comes with the extra
``kakugen[cards]``, and a Japanese typeface, which npm brings once; without them there are no cards, and no
page names one. Nothing here knows of a site generator.
"""

from kakugen.cards.making import CardMaker, CardsUnavailableError, card_maker
from kakugen.cards.words import FOLDER, HEIGHT, WIDTH, CardWords

__all__ = ["FOLDER", "HEIGHT", "WIDTH", "CardMaker", "CardWords", "CardsUnavailableError", "card_maker"]
