"""Words of four letters or more that say nothing of what a text is about, in the languages of `word_forms`.

In a large index they are known by being everywhere; in a small one, of short notes, only by this list.
"""

from __future__ import annotations

_ENGLISH = """
about above after again against also although always among another because been before being below between both cannot
could does doing done down during each either else even ever every from further have having hence here however into
itself just less like made many more most much must neither never next none only other others otherwise over rather same
shall should since some still such than that their them then there therefore these they this those though through thus
under until upon very well were what when where whether which while whom whose will with within without would your
"""
_GERMAN = """
aber alle allem allen aller alles also andere anderen anderer auch beim bereits dabei dadurch dafur damit dann daran darauf
daraus darum dass dazu dein denen denn deren dessen dich diese diesem diesen dieser dieses doch dort durch eben eine einem
einen einer eines einige etwa euch gegen haben hatte hatten hier ihre ihrem ihren ihrer immer jede jedem jeden jeder jedes
jedoch kann kein keine keinen konnen mehr mein mich muss nach nicht nichts noch oder ohne sehr sein seine seinem
seinen seiner sich sind sogar sollte sondern sowie uber unter viel viele vielen vom warum wegen weil welche welchem
welchen welcher wenn werden wieder wird wurde wurden zwar zwischen
"""
_FRENCH = """
ainsi alors apres aucun aussi autre autres avait avant avec avoir beaucoup bien cela celle celles celui cependant ceux
chaque chez comme comment contre dans depuis deux donc dont elle elles encore entre etaient etait etre fait font leur
leurs mais meme memes moins notre nous parce peut peuvent plus plusieurs pour pourquoi puis quand quel quelle quelles
quels sans selon sera seront soit sont sous sur tandis tous tout toute toutes tres trop votre vous
"""
_SPANISH = """
ademas algo algunos ambos ante antes aqui asi aunque cada como contra cual cuales cuando desde donde dos durante ella
ellas ellos entonces entre eran esta estaba estas este esto estos fueron hace hacia hasta luego mas menos mientras mismo
mucho muchos muy nada nosotros nuestra nuestro otra otras otro otros para pero poco porque puede pueden pues quien
segun sido siempre sino sobre solo sus tambien tanto tiene tienen toda todas todo todos una unos usted
"""
FUNCTION_WORDS = frozenset(f"{_ENGLISH} {_GERMAN} {_FRENCH} {_SPANISH}".split())
"""As `search_key` has them."""
