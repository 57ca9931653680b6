"""Headings, callouts and links by their names: which belong to the work, which to the reader, in the languages met."""

from __future__ import annotations

import re
from typing import Final

_SECTION_WORDS: Final = frozenset(
    """
    metadata meta notes note annotations annotation abstract abstracts summary summaries bibliography reference references refrences highlights
    highlight comments comment reading readings info infos information details detail citation citations overview introduction intro
    background content contents zotero properties literaturenote literature review conclusion conclusions discussion
    results result findings finding method methods methodology approach analysis thoughts thought ideas idea quotes quote quotations
    questions question takeaways takeaway points point insights insight context related work works links link sources source
    resources files file attachments attachment tags topics keywords todo tasks task index toc outline structure motivation
    problem problems objective objectives goal goals hypothesis contribution contributions limitations limitation critique
    evaluation experiments experiment data dataset implementation appendix acknowledgements preface foreword prologue epilogue
    chapter chapters part section page pages definitions definition terms glossary vocabulary evidence argument arguments claims
    claim significance relevance implications extracted persistent papers paper articles article publications authors author title status log journal diary excerpts excerpt main general key my own personal research first
    second third impression impressions critical short long quick brief raw fleeting important interesting list of the and in on for to
    about from with figures figure tables table images image equations math pdf doi url external internal see also further next steps step
    notizen notiz eindruck eindrücke erster erste ausblick einordnung zusammenfassung einleitung einführung hauptteil fazit schluss ergebnisse methode methoden methodik diskussion literatur
    literaturverzeichnis quellen zitate zitat gedanken hauptgedanken ideen fragen stichworte begriffe inhalt überblick anmerkungen
    anmerkung kommentar kommentare bewertung kritik allgemeines allgemein meine eigene wichtige kapitel metadaten angaben thesen
    resumen introducción conclusión conclusiones resultados método métodos metodología discusión notas nota citas cita ideas preguntas
    bibliografía referencias fuentes enlaces contenido índice comentarios análisis contexto capítulo datos generales principales
    resumo introdução conclusão conclusões discussão anotações citações perguntas bibliografia referências fontes conteúdo
    comentários análise capítulo dados principais minhas
    résumé résumés conclusion résultats méthode méthodologie notes citation citations idées questions bibliographie références liens
    contenu sommaire commentaires analyse contexte chapitre données extrait extraits traduction mes générales lecture fiche
    fichamento scheda reseña resenha recensione rezension exzerpt lesenotiz lesenotizen gpt chatgpt claude gemini llm ai
    riassunto sintesi introduzione conclusione conclusioni risultati metodo metodologia discussione note citazioni idee domande fonti
    commenti analisi capitolo appunti
    samenvatting inleiding conclusie conclusies resultaten methode discussie aantekeningen notities citaten ideeën vragen bronnen
    hoofdstuk
    streszczenie wstęp wprowadzenie wnioski podsumowanie wyniki metoda notatki cytaty pytania literatura źródła rozdział
    shrnutí úvod závěr výsledky metoda poznámky poznámka citace otázky literatura zdroje obsahu obsah soubory kapitola k
    sammanfattning inledning slutsats slutsatser resultat anteckningar citat frågor källor innehåll
    sammendrag konklusjon konklusion notater sitater spørsmål kilder
    аннотация введение заключение выводы вывод результаты методы обсуждение заметки заметка цитаты вопросы литература источники
    содержание конспект глава
    özet giriş sonuç bulgular yöntem notlar alıntılar sorular kaynaklar kaynakça
    összefoglalás bevezetés jegyzetek idézetek kérdések források
    笔记 摘要 元数据 概要 引言 前言 结论 结果 方法 讨论 总结 背景 参考文献 引用 问题 想法 批注 目录 文献综述 评论 个人 我的 要点 重点 内容 心得 思考
    基本信息 文献信息 論文 メモ ノート 要旨 まとめ はじめに 結論 結果 手法 考察 引用文献 書誌情報 感想 메모 요약 초록 서론 결론 결과 방법 논의 노트
    참고문헌 인용 질문 서지정보 ملاحظات ملخص مقدمة خاتمة النتائج المراجع
    """.split()
)
"""Words that names of sections are made of: a heading of nothing else is no title of a work."""

REFERENCE_LISTS: Final = frozenset(
    """references refrences reference referenceslist bibliography workscited citedworks literaturecited furtherreading seealso related
    relatedwork relatedworks relatedpapers relatednotes citations sources literatur literaturverzeichnis quellen referencias bibliografía
    fuentes referências bibliografia références bibliographie sourcesbibliographiques riferimenti bibliografiche fonti literatuur bronnen
    literatura źródła zdroje litteratur källor kilder литература источники kaynaklar kaynakça források 参考文献 参考 引用文献 참고문헌 المراجع""".split()
)
"""Headings, squeezed, over works that a note cites."""

OWN_SUMMARIES: Final = frozenset(
    """summary zusammenfassung resumen resumo riassunto samenvatting résumé sammanfattning sammendrag streszczenie összefoglaló sažetak
    rezumat ringkasan tómtắt περίληψη 概要 ملخص özet""".split()
)
"""Headings that as often stand over the reader's own summary as over the abstract."""

OWN_CALLOUTS: Final = frozenset(
    """quote question faq help todo bug danger error warning caution attention fail failure missing synth synthesis
    source sources quelle fuente""".split()
)
"""Types of callouts that hold the reader's words, quotations, questions, or what a note of one's own rests on."""

QUOTING_CALLOUTS: Final = frozenset(
    "quote cite quotation quotations citation zitat cita citazione citat citaat cytat цитата".split()
)
"""Types of callouts that hold a quotation."""

_QUOTATIONS: Final = frozenset(
    """quote quotes quotation quotations excerpt excerpts zitat zitate cita citas citação citações citation citations extrait extraits
    citazione citazioni citaat citaten cytat cytaty citát citace citat sitater цитата цитаты 引用 摘录 摘抄 原文 引用文 인용 인용문""".split()
)

_MODELS: Final = frozenset(
    "ai ki ia llm llms chatgpt gpt openai claude gemini copilot notebooklm deepseek perplexity mistral llama kimi ии".split()
)
_NAMED = re.compile(
    r"GPT|Gemini|AI(?![A-Za-z0-9])|KI(?![A-Za-z0-9])|IA(?![A-Za-z0-9])|LLM|LM(?![A-Za-z0-9])|Llama|Claude|Copilot|DeepSeek|Deepseek|Perplexity|Mistral|Kimi|ИИ"
)
"""Names of language models: capitals are rare, so that each of them is quickly looked for."""
_WRITTEN: Final = frozenset(
    """generated written created produced summarized summarised autogenerated generiert erstellt geschrieben généré générée rédigé rédigée
    generado generada gerado gerada generato generata gegenereerd wygenerowane wygenerowano vygenerováno genererad genereret generert
    сгенерировано создано oluşturuldu 生成 作成""".split()
)
_SUMMARIES: Final = frozenset(
    """summary summaries digest tldr tl dr response answer zusammenfassung antwort résumé réponse resumen respuesta resumo resposta riassunto
    sintesi risposta samenvatting antwoord streszczenie podsumowanie odpowiedź shrnutí sammanfattning sammendrag resumé özet
    összefoglaló аннотация резюме конспект ответ 摘要 总结 總結 生成 要約 まとめ 요약 생성""".split()
)
_ABOUT_WRITING: Final = frozenset(
    """this the a an is was has been by with from using via not un checked unchecked unverified automatically auto sample short paper article
    note text section diese dieser der die das eine einer einem ein wurde ist von mit durch nicht geprüft cette ce le la un une a été par
    avec non este esta el una fue por con para o os este da do questo questa è stato stata tramite ten to zostało przez deze het door
    och av med это было с помощью 由 本文由 本摘要由 以下由 以下内容由""".split()
)
"""What may stand beside a language model and what it wrote, where a heading or sentence says no more."""

RECORD_CALLOUTS: Final = frozenset(
    """info md meta metadata properties property bib bibliography biblio link links authors author title infobox
    zotero""".split()
)
"""Types of callouts that describe the work."""

REFERENCE_CALLOUTS: Final = frozenset("cite citation reference bibliography bib".split())
"""Types of callouts that hold the formatted reference."""

SMALL_BLOCKS: Final = frozenset("tags status toc links meta metadata".split())
"""Persist blocks of these names stand in the head of a note and hold no text of the user's."""

LINK_WORDS: Final = frozenset(
    """zotero open in view show select see go to link links item items library local cloud app desktop web online entry key uri url
    doi pdf pdfs epub html snapshot full text fulltext attachment attachments file files source read annotate group my the a at on
    öffnen anzeigen ansehen eintrag bibliothek lokale abrir ver enlace biblioteca elemento ouvrir voir lien bibliothèque élément apri
    vedi collegamento openen bekijken otevřít odkaz öppna åpne открыть ссылка 打开 链接 在 中 开 全文 条目 本地 開く リンク 열기 링크""".split()
)
"""What the text of a link is made of that only says where it leads."""

FILE_WORDS: Final = frozenset(
    "full text fulltext pdf pdfs epub html snapshot attachment attachments file anhang volltext 全文 附件".split()
)
"""What the text of a link is made of that leads to a file of a work."""

PEOPLE_FOLDERS: Final = frozenset(
    """people person persons author authors creators writers researchers scholars contacts personen autoren autoras autores auteurs
    autori auteur personnes personas pessoas persone личности авторы 人物 作者 著者 人""".split()
)
"""Folders of notes about people."""

_WORD = re.compile(r"[^\W\d_]+")


def is_section(text: str) -> bool:
    """Whether a heading is made of nothing but words of sections, signs and numbers."""
    words = _WORD.findall(text.casefold().replace("(s)", ""))
    return len(words) < 5 and all(word in _SECTION_WORDS for word in words)


def is_quotation(title: str) -> bool:
    """Whether the title of a callout says nothing but that it quotes."""
    words = _WORD.findall(title.casefold()) if len(title) < 60 else []
    return bool(words) and all(word in _QUOTATIONS for word in words)


def may_be_generated(text: str) -> bool:
    """A cheap test before the expensive one: whether a text names a language model."""
    return _NAMED.search(text) is not None or any(name in text for name in ("gpt", "claude", "ai summ"))


def is_generated(title: str) -> bool:
    """Whether a heading says that a language model wrote what stands below, and nothing else: `Summary (ChatGPT, not checked)`."""
    words = _made_words(title)
    made = _SUMMARIES | _WRITTEN
    return len(words) < 9 and _knows(words, made) and not (_MODELS.isdisjoint(words) or made.isdisjoint(words))


def says_generated(text: str) -> bool:
    """Whether a sentence begins by saying so: `This summary was generated by an LLM and …`, `Generated by ChatGPT`."""
    words = _made_words(text[:120])
    model = next((i for i, word in enumerate(words) if word in _MODELS), 0)
    said = words[: model + 2] if _WRITTEN.isdisjoint(words[:model]) else words[:model]
    return model > 0 and _knows(said, _SUMMARIES | _WRITTEN) and not _WRITTEN.isdisjoint(said)


def _knows(words: list[str], made: frozenset[str]) -> bool:
    return all(word in _MODELS or word in made or word in _ABOUT_WRITING for word in words)


def _made_words(text: str) -> list[str]:
    """The words of a title; behind Latin letters Chinese ones begin another."""
    return re.findall(r"[^\W\d_\u3040-\uffff]+|[\u3040-\uffff]+", text.casefold())
