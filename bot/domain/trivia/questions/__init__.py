"""Questions made from the catalog, each asked only where the catalog knows all its right answers.

question      Question, Fact, Ref and the kinds: what rounds store and ui shows
bank          QuestionBank: all prompts, which of them a pool draws from, and how they become questions
prompt        what could be asked, before options are drawn
maker         the common part of all makers
songs dramas awards years titles comparisons claims initials      the makers
knowledge     what makers ask of the catalog: who shares a name, which circle, which year
difficulty    from the catalog, then from recorded answers
_facts        lines for the reveal
"""
