"""Words that the guard weighs: given names common in the United Kingdom, and words that only look like names.

Given names alone, from lists of what children were called; nobody is meant by them.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Given names that are no English word, so that a small letter does not hide them.
GIVEN = _words(
    """
    aaron abbie abdul abdullah abigail adam adrian ahmed aisha alan albert alex alexander alexandra alfie ali alice
    alison amanda amelia amina amir amy andrea andrew andrzej angela anita anna anne anthony anya archie arthur
    ashley asif barbara barry beata ben benjamin bernadette beth bethany beverley billy bradley brandon brenda brian
    bridget bronwen callum cameron carl carly carol caroline catherine charlene charles charlie charlotte chelsea
    chloe chris christine christopher claire colin connor courtney craig damian daniel danielle danny darren david
    dawid debbie deborah declan denise dennis derek diane dominic donna doris dorothy douglas duncan dylan eddie
    edward eileen elaine eleanor elizabeth ella ellen ellie emily emma eric erin ethan euan evelyn ewa fatima fiona
    francesca freddie gareth gary gavin gemma geoffrey george georgia gerald giles gillian graham greg gwen haider
    hamza hannah haroon harriet hassan hayley heather helen henry hugh hussain ian imogen imran irene isaac isabella
    isla jacob jacqueline jade jake jamal james jamie jane janet janice jason jayden jean jeffrey jenna jennifer
    jeremy jessica joan joanna joanne joe joel john jonathan jordan joseph josephine josh joshua joyce judith julia
    julian julie justin kamil karen karl kate katherine kathleen katie kayleigh keith kelly kenneth kerry kevin
    khadija kieran kimberley kirsty krzysztof kyle laura lauren leah leanne lee leon leroy lesley lewis liam linda
    lindsay lisa liz logan lorraine louise lucy luke lydia lynn maciej magdalena malcolm malgorzata marcin marcus
    margaret maria marie marilyn mariusz martin martyn maryam matthew maureen megan melanie melissa michael michelle
    miriam mohamed mohammad mohammed molly monika morgan muhammad nadia naomi natalie natasha nathan neil niall
    nicholas nicola nigel nikki nina noah norman olga oliver olivia omar oscar owen pamela patricia patrick paul
    paula pauline pawel peter philip phoebe piotr priya rachel raj rajesh ralph raymond rebecca rhys richard robert
    robin rodney roger ronald rosemary rosie roxanne roy rukhsana russell ruth ryan sabrina sadia sally samantha
    samir samuel sandra sanjay sara sarah scott sean shane shannon sharon shaun sheila shirley simon siobhan sophia
    sophie stacey stanley stephanie stephen steve steven stewart stuart susan suzanne sylvia tanya tasha terence
    teresa thomas tiffany tim timothy tina toby tomasz tony tracey tracy trevor usman valerie vanessa vera veronica
    vicky victoria vincent vivienne wayne wendy wesley william yasmin yusuf yvonne zac zachary zahra zainab zara zoe
    """
)

# Given names that are words of English too: they are one where something beside them says so.
ALSO_WORDS = _words(
    """
    amber april art ash aurora autumn basil bill bob brook carol clay cliff crystal daisy dale dawn dean don
    drew earl faith frank gale gene ginger glen grace grant hazel heath holly hope iris ivy jack jasmine jay jewel
    josh joy june kit lance lily mark mason max may mike miles misty nick norm olive pat pearl penny peter piers
    poppy ray reed rich robin rocky rod rose ruby sally sandy sky star sue summer ted tom tony vic victor violet
    ward will willow
    """
)

# Words that begin with a capital and belong to no person: beside each other they are no name.
NO_NAME = _words(
    """
    a about act adult after agency alcohol all an and annual any april area as at august authority bail bank basic
    before board borough branch breach british case cases central centre chair child children city civil clare
    clinic college community conditions conference contact control coroner council county court criminal crown
    custody data december department district doctor domestic drug during early east education emergency enforcement
    england english every family february fire first for force forum friday from gateway general group harm he
    headteacher health her high his home hospital housing hub if in independent injunction integrated intelligence
    intervention ireland irish it january joint july june justice kingdom law lead learning legal library licence
    local magistrate magistrates manager mappa marac march may mental middle midwifery monday most national new no
    non north northern not notice november now october of office officer officers on one only operation or
    order orders other our panel parole partnership people perpetrator person plan police policy practice primary
    prison probation programme project protection protective protocol public quarter record referral refuge region
    register report representative request response restraining review risk road royal safeguarding safety saturday
    school scotland scottish second secondary section senior september service services she sheriff since single
    social solicitor south southern specialist st stalking station strategy street subject sunday supervision
    support surgery synod system team tenancy the their then there they this three thursday to tribunal trust
    tuesday two uk under union unit united university update urgent victim victims violence visit visits wales
    warning was we wednesday week west western when where while who with work worker worship years young youth
    detective inspector sergeant constable superintendent ward ford transit
    vauxhall nissan toyota astra corsa golf
    """
)
