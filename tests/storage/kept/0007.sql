BEGIN TRANSACTION;
CREATE TABLE action (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	meeting_id INTEGER, 
	ref VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	text BLOB, 
	restriction VARCHAR NOT NULL, 
	owner_id INTEGER, 
	assignee VARCHAR, 
	assignee_label VARCHAR, 
	priority VARCHAR NOT NULL, 
	agreed_at DATETIME, 
	due DATE NOT NULL, 
	due_at DATETIME, 
	original_due DATE, 
	extended_by VARCHAR, 
	status VARCHAR NOT NULL, 
	status_at DATETIME NOT NULL, 
	safety VARCHAR NOT NULL, 
	conditions BLOB, 
	safety_note BLOB, 
	instruction BLOB, 
	outcome VARCHAR, 
	note BLOB, 
	evidence_ref BLOB, 
	reported_by VARCHAR, 
	reported_at DATETIME, 
	carried_forward INTEGER NOT NULL, 
	level INTEGER NOT NULL, 
	wake_at DATETIME, 
	version INTEGER NOT NULL, second VARCHAR, purpose VARCHAR, result VARCHAR, slips INTEGER DEFAULT '0' NOT NULL, snoozed_until DATE, snoozes INTEGER DEFAULT '0' NOT NULL, details BLOB, 
	PRIMARY KEY (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	FOREIGN KEY(owner_id) REFERENCES agency (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id), 
	UNIQUE (panel_id, ref)
);
CREATE TABLE action_move (
	id INTEGER NOT NULL, 
	action_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	by_user VARCHAR NOT NULL, 
	move VARCHAR NOT NULL, 
	was VARCHAR NOT NULL, 
	now VARCHAR NOT NULL, 
	note BLOB, 
	PRIMARY KEY (id), 
	FOREIGN KEY(action_id) REFERENCES action (id)
);
CREATE TABLE agency (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	function VARCHAR NOT NULL, 
	core BOOLEAN NOT NULL, 
	version INTEGER NOT NULL, systems BLOB DEFAULT '' NOT NULL, timezone VARCHAR, nation VARCHAR, agreement_at DATE, agreement_until DATE, 
	PRIMARY KEY (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id), 
	UNIQUE (panel_id, code)
);
INSERT INTO "agency" VALUES(1,1,'POL','POL','police',1,1,X'014A4BFB348E6216BFAF5F88FE9A266A7590D1C933ECEA6593B6DB674612F5E5D3AC92',NULL,NULL,NULL,NULL);
CREATE TABLE agency_return (
	id INTEGER NOT NULL, 
	request_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	statement_id INTEGER, 
	by_user VARCHAR NOT NULL, 
	on_behalf BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	late BOOLEAN NOT NULL, 
	imminent BOOLEAN NOT NULL, 
	told BLOB, 
	told_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(request_id) REFERENCES request (id), 
	FOREIGN KEY(statement_id) REFERENCES statement (id), 
	UNIQUE (request_id, version)
);
CREATE TABLE agenda (
	id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	public JSON NOT NULL, 
	private BLOB, 
	made_at DATETIME NOT NULL, 
	approved_by VARCHAR, 
	approved_at DATETIME, 
	issued_at DATETIME, changes JSON DEFAULT '[]' NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	UNIQUE (meeting_id, version)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0007');
CREATE TABLE assessment (
	id INTEGER NOT NULL, 
	case_id INTEGER, 
	referral_id INTEGER, 
	tool VARCHAR NOT NULL, 
	agency_id INTEGER, 
	"on" DATE NOT NULL, 
	details BLOB, 
	by_user VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	replaced_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id), 
	FOREIGN KEY(referral_id) REFERENCES referral (id)
);
CREATE TABLE attendance (
	id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	agency_id INTEGER NOT NULL, 
	who VARCHAR NOT NULL, 
	written_return BOOLEAN NOT NULL, 
	note BLOB, 
	cases JSON NOT NULL, 
	version INTEGER NOT NULL, remote BOOLEAN DEFAULT 0 NOT NULL, user_id VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	UNIQUE (meeting_id, agency_id)
);
CREATE TABLE audit (
	seq INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	panel_id INTEGER, 
	by_user VARCHAR NOT NULL, 
	verb VARCHAR NOT NULL, 
	thing VARCHAR NOT NULL, 
	case_id INTEGER, 
	surface VARCHAR NOT NULL, 
	allowed BOOLEAN NOT NULL, 
	details JSON NOT NULL, 
	previous VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	PRIMARY KEY (seq)
);
INSERT INTO "audit" VALUES(1,'2026-10-02 08:00:00.000000',NULL,'','set up','panel:1',NULL,'',1,'{}','','7a990be75c41b75c4cc32c489faedeccb7a7b2d2428a2ad691c6c509de3c0c50');
INSERT INTO "audit" VALUES(2,'2026-10-02 08:00:00.000000',NULL,'','opened','case:1',1,'',1,'{}','7a990be75c41b75c4cc32c489faedeccb7a7b2d2428a2ad691c6c509de3c0c50','d9eb6dad6de019d65e9de01d4a468f474d92bc5de3f6217e4249107356ee63eb');
CREATE TABLE audit_anchor (
	seq INTEGER NOT NULL, 
	hash VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (seq)
);
CREATE TABLE audit_head (
	id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	hash VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "audit_head" VALUES(1,2,'d9eb6dad6de019d65e9de01d4a468f474d92bc5de3f6217e4249107356ee63eb');
CREATE TABLE beat (
	instance VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	sockets INTEGER NOT NULL, 
	PRIMARY KEY (instance)
);
CREATE TABLE break_glass (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	user_id VARCHAR NOT NULL, 
	reason BLOB, 
	at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	reviewed_by VARCHAR, 
	reviewed_at DATETIME, 
	finding VARCHAR, 
	wake_at DATETIME, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id)
);
CREATE TABLE "case" (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	ref VARCHAR NOT NULL, 
	subject_ref VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	lead_agency_id INTEGER, 
	routes JSON NOT NULL, 
	reviews INTEGER NOT NULL, 
	opened_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	picture BLOB NOT NULL, 
	version INTEGER NOT NULL, person_id INTEGER REFERENCES person (id), merged_into_id INTEGER REFERENCES "case" (id), next_review DATE, hold_at DATETIME, wake_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(lead_agency_id) REFERENCES agency (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id), 
	UNIQUE (panel_id, ref), 
	UNIQUE (panel_id, subject_ref)
);
INSERT INTO "case" VALUES(1,1,'C1','K1','active',NULL,'[]',0,'2026-10-02 08:00:00.000000',NULL,X'014A4BFB346269CB0753B7F80201882F42C3EB77D34287331ECDDDCC9BFABF9520CF3F',1,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE case_move (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	meeting_id INTEGER, 
	at DATETIME NOT NULL, 
	by_user VARCHAR NOT NULL, 
	was VARCHAR NOT NULL, 
	now VARCHAR NOT NULL, 
	reason VARCHAR, 
	note BLOB, 
	details BLOB, 
	PRIMARY KEY (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id)
);
CREATE TABLE catalogue_entry (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	lever VARCHAR NOT NULL, 
	label BLOB, 
	also BLOB, 
	owners JSON NOT NULL, 
	by_panel BOOLEAN NOT NULL, 
	term VARCHAR NOT NULL, 
	term_n INTEGER NOT NULL, 
	"check" VARCHAR NOT NULL, 
	visibility VARCHAR NOT NULL, 
	reveals_address BOOLEAN NOT NULL, 
	retired BOOLEAN NOT NULL, 
	by_user VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	version INTEGER NOT NULL, asked BLOB, 
	PRIMARY KEY (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id), 
	UNIQUE (panel_id, code)
);
CREATE TABLE "conflict" (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	user_id VARCHAR NOT NULL, 
	agency_id INTEGER, 
	declared_at DATETIME NOT NULL, 
	lifted_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id), 
	UNIQUE (case_id, user_id)
);
CREATE TABLE court_order (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	ends DATE, 
	details BLOB, ended DATE, version INTEGER DEFAULT '1' NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id)
);
CREATE TABLE cut_off (
	id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	done_at DATETIME, 
	wake_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	UNIQUE (meeting_id, name)
);
CREATE TABLE declaration (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	meeting_id INTEGER, 
	user_id VARCHAR NOT NULL, 
	wording VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	until DATE NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id)
);
CREATE TABLE dependency (
	id INTEGER NOT NULL, 
	action_id INTEGER NOT NULL, 
	needs_id INTEGER NOT NULL, kind VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(action_id) REFERENCES action (id), 
	FOREIGN KEY(needs_id) REFERENCES action (id), 
	UNIQUE (action_id, needs_id)
);
CREATE TABLE draft (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	user_id VARCHAR NOT NULL, 
	form VARCHAR NOT NULL, 
	about VARCHAR NOT NULL, 
	answers BLOB, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id), 
	UNIQUE (panel_id, user_id, form, about)
);
CREATE TABLE erasure (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	thing VARCHAR NOT NULL, 
	rule VARCHAR NOT NULL, 
	by_user VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	counts JSON NOT NULL, 
	wake_at DATETIME, 
	done_at DATETIME, 
	kept VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id)
);
CREATE TABLE feed_key (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	user_id VARCHAR NOT NULL, 
	token_hash VARCHAR NOT NULL, 
	made_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id), 
	UNIQUE (token_hash)
);
CREATE TABLE fingerprint (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	referral_id INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id), 
	FOREIGN KEY(referral_id) REFERENCES referral (id), 
	UNIQUE (referral_id, digest)
);
CREATE TABLE flag (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	agency_id INTEGER NOT NULL, 
	until DATE NOT NULL, 
	set_by VARCHAR, 
	set_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id), 
	UNIQUE (case_id, agency_id)
);
CREATE TABLE follow_up (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	months INTEGER NOT NULL, 
	due DATE NOT NULL, 
	numbers BLOB, 
	by_user VARCHAR, 
	at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id), 
	UNIQUE (case_id, months)
);
CREATE TABLE ground (
	id INTEGER NOT NULL, 
	action_id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(action_id) REFERENCES action (id), 
	FOREIGN KEY(item_id) REFERENCES item (id), 
	UNIQUE (action_id, item_id)
);
CREATE TABLE hold (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	case_id INTEGER, 
	kind VARCHAR NOT NULL, 
	reason BLOB, 
	by_user VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	review_on DATE, 
	lifted_at DATETIME, 
	lifted_by VARCHAR, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id)
);
CREATE TABLE imported_row (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	action_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(action_id) REFERENCES action (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id), 
	UNIQUE (panel_id, source)
);
CREATE TABLE intelligence (
	id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	status VARCHAR NOT NULL, 
	note BLOB, 
	by_user VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(item_id) REFERENCES item (id)
);
CREATE TABLE item (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	meeting_id INTEGER, 
	return_id INTEGER, 
	agency_id INTEGER, 
	by_user VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR NOT NULL, 
	audience VARCHAR NOT NULL, 
	body BLOB, 
	restriction VARCHAR NOT NULL, 
	late BOOLEAN NOT NULL, 
	expires DATE, 
	replaced_at DATETIME, section VARCHAR, details BLOB, replaces_id INTEGER REFERENCES item (id), basis VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	FOREIGN KEY(return_id) REFERENCES agency_return (id)
);
INSERT INTO "item" VALUES(1,1,NULL,NULL,1,'U1','2026-10-02 08:00:00.000000','fact','shared',X'014A4BFB34DBD3B616135D157C3335BDF039EA24B63468BEFF8A74A79FBB2A035775323FB9123A9CF8D8593E3492164D3664FCF514717C1B93','ALL',0,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE known_word (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	words INTEGER NOT NULL, 
	referral_id INTEGER, 
	by_user VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(referral_id) REFERENCES referral (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id), 
	UNIQUE (referral_id, digest)
);
CREATE TABLE lane (
	channel VARCHAR NOT NULL, 
	free_at DATETIME NOT NULL, 
	PRIMARY KEY (channel)
);
CREATE TABLE leave (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	user_id VARCHAR NOT NULL, 
	deputy VARCHAR, 
	first DATE NOT NULL, 
	last DATE NOT NULL, 
	by_user VARCHAR NOT NULL, 
	made_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id)
);
CREATE TABLE linked (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	ref VARCHAR NOT NULL, 
	person_id INTEGER, 
	details BLOB, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (case_id, ref)
);
CREATE TABLE listing (
	id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	review_no INTEGER NOT NULL, 
	imminent BOOLEAN NOT NULL, 
	proposal VARCHAR, 
	proposed_by VARCHAR, 
	decision VARCHAR, 
	decision_note BLOB, 
	next_review DATE, 
	decided_by VARCHAR, 
	decided_at DATETIME, 
	version INTEGER NOT NULL, dissent BLOB, tell VARCHAR, tell_by DATE, tell_note BLOB, paper VARCHAR, paper_by VARCHAR, carried BOOLEAN DEFAULT 0 NOT NULL, reached_at DATETIME, seconds INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	UNIQUE (meeting_id, case_id)
);
CREATE TABLE mailbox (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	user_id VARCHAR NOT NULL, 
	label VARCHAR NOT NULL, 
	address BLOB, 
	since DATETIME NOT NULL, 
	until DATETIME, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id), 
	UNIQUE (panel_id, user_id)
);
CREATE TABLE meeting (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	day DATE NOT NULL, 
	rule_day DATE NOT NULL, 
	wall_time VARCHAR NOT NULL, 
	zone VARCHAR NOT NULL, 
	starts_at DATETIME NOT NULL, 
	minutes INTEGER NOT NULL, 
	mode VARCHAR NOT NULL, 
	list_version INTEGER, 
	list_date DATE, 
	list_route VARCHAR, 
	requests_sent_at DATETIME, 
	agenda_issued_at DATETIME, 
	record_closed_at DATETIME, 
	case_id INTEGER, 
	"trigger" VARCHAR, 
	core JSON NOT NULL, 
	acting_chair VARCHAR, 
	ratified_at DATE, 
	version INTEGER NOT NULL, calendar_sequence INTEGER DEFAULT '0' NOT NULL, began_at DATETIME, paused_at DATETIME, ended_at DATETIME, on_case INTEGER, on_case_since DATETIME, information_only BOOLEAN DEFAULT 0 NOT NULL, authority BLOB, 
	PRIMARY KEY (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id)
);
CREATE TABLE minutes (
	id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	text BLOB, 
	drafted_at DATETIME NOT NULL, 
	approved_by VARCHAR, 
	approved_at DATETIME, 
	issued_at DATETIME, summary BLOB, delegated_to VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	UNIQUE (meeting_id, version)
);
CREATE TABLE more_time (
	id INTEGER NOT NULL, 
	action_id INTEGER NOT NULL, 
	asked_by VARCHAR NOT NULL, 
	asked_at DATETIME NOT NULL, 
	new_due DATE NOT NULL, 
	reason BLOB, 
	granted BOOLEAN, 
	decided_by VARCHAR, 
	decided_at DATETIME, decided_as VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(action_id) REFERENCES action (id)
);
CREATE TABLE notice (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	panel_id INTEGER, 
	"to" VARCHAR NOT NULL, 
	about JSON NOT NULL, 
	lane VARCHAR, 
	seq INTEGER NOT NULL, 
	not_before DATETIME NOT NULL, 
	made_at DATETIME NOT NULL, 
	state VARCHAR NOT NULL, 
	leased_until DATETIME, 
	claimed_by VARCHAR, 
	attempts INTEGER NOT NULL, 
	channel VARCHAR, 
	ts VARCHAR, 
	sent_at DATETIME, 
	problem VARCHAR, route VARCHAR, removed_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id), 
	UNIQUE (name)
);
INSERT INTO "notice" VALUES(1,'told:1','told',1,'U1','{}',NULL,0,'2026-10-02 08:00:00.000000','2026-10-02 08:00:00.000000','pending',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE panel (
	id INTEGER NOT NULL, 
	enterprise_id VARCHAR NOT NULL, 
	team_id VARCHAR NOT NULL, 
	channel_id VARCHAR, 
	code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	area VARCHAR NOT NULL, 
	timezone VARCHAR NOT NULL, 
	nation VARCHAR NOT NULL, 
	on_holiday VARCHAR NOT NULL, 
	cadence JSON NOT NULL, 
	starts VARCHAR NOT NULL, 
	minutes INTEGER NOT NULL, 
	mode VARCHAR NOT NULL, 
	settings JSON NOT NULL, 
	neighbours JSON NOT NULL, 
	fictional BOOLEAN NOT NULL, 
	live BOOLEAN NOT NULL, 
	go_live BLOB NOT NULL, 
	wake_at DATETIME, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (enterprise_id, team_id, code)
);
INSERT INTO "panel" VALUES(1,'','T1',NULL,'MSP','Panel','Area','Europe/London','england-and-wales','next_working_day','{}','09:30',120,'meeting','{}','[]',0,0,X'014A4BFB346B9DFD568D1798C37C10DD4025DD3555BBF94801162C55359C09E9AA6DD4','1970-01-01 00:00:00.000000',1);
CREATE TABLE pass (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	meeting_id INTEGER, 
	user_id VARCHAR NOT NULL, 
	document VARCHAR NOT NULL, 
	token_hash VARCHAR NOT NULL, 
	code_hash VARCHAR NOT NULL, 
	made_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	tries INTEGER NOT NULL, 
	opened_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id), 
	UNIQUE (token_hash)
);
CREATE TABLE pathway_step (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	stage VARCHAR NOT NULL, 
	reason VARCHAR, 
	"on" DATE NOT NULL, 
	note BLOB, 
	by_user VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id)
);
CREATE TABLE person (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id)
);
CREATE TABLE reach (
	user_id VARCHAR NOT NULL, 
	arrived_at DATETIME, 
	failing_since DATETIME, 
	failures INTEGER NOT NULL, 
	problem VARCHAR, 
	PRIMARY KEY (user_id)
);
CREATE TABLE receipt (
	name VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	answer BLOB, 
	PRIMARY KEY (name)
);
CREATE TABLE referral (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	meeting_id INTEGER, 
	agency_id INTEGER, 
	by_user VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	ref VARCHAR NOT NULL, 
	routes JSON NOT NULL, 
	urgent BOOLEAN NOT NULL, 
	late BOOLEAN NOT NULL, 
	"conflict" BOOLEAN NOT NULL, 
	answers BLOB, 
	status VARCHAR NOT NULL, 
	reason VARCHAR, 
	note BLOB, 
	decided_by VARCHAR, 
	decided_at DATETIME, 
	case_id INTEGER, 
	version INTEGER NOT NULL, repeats_id INTEGER REFERENCES "case" (id), 
	PRIMARY KEY (id), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id), 
	UNIQUE (panel_id, ref)
);
CREATE TABLE referral_addition (
	id INTEGER NOT NULL, 
	referral_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	by_user VARCHAR NOT NULL, 
	section VARCHAR NOT NULL, 
	answers BLOB, 
	PRIMARY KEY (id), 
	FOREIGN KEY(referral_id) REFERENCES referral (id)
);
CREATE TABLE request (
	id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	agency_id INTEGER NOT NULL, 
	status VARCHAR NOT NULL, 
	slot BOOLEAN NOT NULL, 
	asked_at DATETIME, 
	agreed_by VARCHAR, 
	version INTEGER NOT NULL, hours FLOAT, advice VARCHAR, chair_agreed_by VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	UNIQUE (meeting_id, case_id, agency_id)
);
CREATE TABLE safety_check (
	id INTEGER NOT NULL, 
	action_id INTEGER NOT NULL, 
	victim_id INTEGER, 
	verdict VARCHAR NOT NULL, 
	conditions BLOB, 
	reason BLOB, 
	by_user VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	replaced_at DATETIME, details BLOB, 
	PRIMARY KEY (id), 
	FOREIGN KEY(action_id) REFERENCES action (id), 
	FOREIGN KEY(victim_id) REFERENCES victim (id)
);
CREATE TABLE safety_picture (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	victim_ref VARCHAR NOT NULL, 
	answers BLOB, 
	by_user VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id), 
	UNIQUE (case_id, meeting_id, victim_ref)
);
CREATE TABLE seal (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	case_id INTEGER, 
	referral_id INTEGER, 
	by_user VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	details BLOB, 
	lifted_at DATETIME, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id), 
	FOREIGN KEY(referral_id) REFERENCES referral (id), 
	UNIQUE (case_id), 
	UNIQUE (referral_id)
);
CREATE TABLE sealed_reader (
	id INTEGER NOT NULL, 
	seal_id INTEGER NOT NULL, 
	user_id VARCHAR NOT NULL, 
	chairs BOOLEAN NOT NULL, 
	by_user VARCHAR NOT NULL, 
	since DATETIME NOT NULL, 
	until DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(seal_id) REFERENCES seal (id), 
	UNIQUE (seal_id, user_id)
);
CREATE TABLE seat (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	agency_id INTEGER, 
	role VARCHAR NOT NULL, 
	team_id VARCHAR NOT NULL, 
	user_id VARCHAR, 
	label VARCHAR NOT NULL, 
	since DATETIME NOT NULL, 
	until DATETIME, 
	attested_at DATETIME, suspended_at DATETIME, suspended_as VARCHAR, wake_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id)
);
CREATE TABLE statement (
	id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	agency_id INTEGER NOT NULL, 
	by_user VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	systems BLOB NOT NULL, 
	list_version INTEGER NOT NULL, 
	months INTEGER NOT NULL, 
	no_link BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id)
);
CREATE TABLE status_freeze (
	id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	open_then INTEGER NOT NULL, 
	overdue JSON NOT NULL, besides JSON DEFAULT '[]' NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	UNIQUE (meeting_id)
);
CREATE TABLE subject_item (
	id INTEGER NOT NULL, 
	request_id INTEGER NOT NULL, 
	thing VARCHAR NOT NULL, 
	agency_id INTEGER, 
	decision VARCHAR, 
	exemption VARCHAR, 
	note BLOB, 
	by_user VARCHAR, 
	at DATETIME, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(agency_id) REFERENCES agency (id), 
	FOREIGN KEY(request_id) REFERENCES subject_request (id), 
	UNIQUE (request_id, thing)
);
CREATE TABLE subject_request (
	id INTEGER NOT NULL, 
	panel_id INTEGER NOT NULL, 
	reference BLOB, 
	received DATE NOT NULL, 
	due DATE NOT NULL, 
	status VARCHAR NOT NULL, 
	route VARCHAR, 
	by_user VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	details BLOB, 
	wake_at DATETIME, 
	closed_at DATETIME, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(panel_id) REFERENCES panel (id)
);
CREATE TABLE transfer (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	to_panel_id INTEGER, 
	area BLOB, 
	status VARCHAR NOT NULL, 
	pack BLOB, 
	by_user VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	answered_by VARCHAR, 
	answered_at DATETIME, 
	note BLOB, 
	new_case_id INTEGER, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id), 
	FOREIGN KEY(new_case_id) REFERENCES "case" (id), 
	FOREIGN KEY(to_panel_id) REFERENCES panel (id)
);
CREATE TABLE vault_key (
	fingerprint VARCHAR NOT NULL, 
	pepper BLOB NOT NULL, 
	since DATETIME NOT NULL, 
	retired_at DATETIME, 
	PRIMARY KEY (fingerprint)
);
CREATE TABLE victim (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	ref VARCHAR NOT NULL, 
	idva VARCHAR NOT NULL, 
	details BLOB, 
	version INTEGER NOT NULL, person_id INTEGER REFERENCES person (id), 
	PRIMARY KEY (id), 
	FOREIGN KEY(case_id) REFERENCES "case" (id), 
	UNIQUE (case_id, ref)
);
CREATE INDEX ix_audit_case_id ON audit (case_id);
CREATE INDEX ix_audit_panel_id ON audit (panel_id);
CREATE INDEX ix_panel_channel_id ON panel (channel_id);
CREATE INDEX ix_panel_wake_at ON panel (wake_at);
CREATE INDEX ix_agency_panel_id ON agency (panel_id);
CREATE INDEX ix_notice_lane ON notice (lane);
CREATE INDEX ix_notice_next ON notice (state, not_before, id);
CREATE INDEX ix_notice_panel_id ON notice (panel_id);
CREATE INDEX ix_case_lead_agency_id ON "case" (lead_agency_id);
CREATE INDEX ix_case_panel_id ON "case" (panel_id);
CREATE UNIQUE INDEX ix_seat_agency ON seat (panel_id, role, agency_id) WHERE agency_id IS NOT NULL AND until IS NULL AND role NOT IN ('observer', 'steering', 'chair', 'deputy_chair');
CREATE INDEX ix_seat_agency_id ON seat (agency_id);
CREATE UNIQUE INDEX ix_seat_panel ON seat (panel_id, role) WHERE agency_id IS NULL AND until IS NULL AND role NOT IN ('observer', 'steering', 'chair', 'deputy_chair');
CREATE INDEX ix_seat_panel_id ON seat (panel_id);
CREATE INDEX ix_seat_user_id ON seat (user_id);
CREATE INDEX ix_conflict_agency_id ON "conflict" (agency_id);
CREATE INDEX ix_conflict_case_id ON "conflict" (case_id);
CREATE INDEX ix_conflict_user_id ON "conflict" (user_id);
CREATE INDEX ix_court_order_case_id ON court_order (case_id);
CREATE INDEX ix_meeting_case_id ON meeting (case_id);
CREATE INDEX ix_meeting_day ON meeting (day);
CREATE INDEX ix_meeting_panel_id ON meeting (panel_id);
CREATE INDEX ix_victim_case_id ON victim (case_id);
CREATE INDEX ix_action_assignee ON action (assignee);
CREATE INDEX ix_action_case_id ON action (case_id);
CREATE INDEX ix_action_due ON action (due);
CREATE INDEX ix_action_meeting_id ON action (meeting_id);
CREATE INDEX ix_action_owner_id ON action (owner_id);
CREATE INDEX ix_action_panel_id ON action (panel_id);
CREATE INDEX ix_action_status ON action (status);
CREATE INDEX ix_action_wake_at ON action (wake_at);
CREATE INDEX ix_agenda_meeting_id ON agenda (meeting_id);
CREATE INDEX ix_attendance_agency_id ON attendance (agency_id);
CREATE INDEX ix_attendance_meeting_id ON attendance (meeting_id);
CREATE INDEX ix_cut_off_meeting_id ON cut_off (meeting_id);
CREATE INDEX ix_cut_off_wake_at ON cut_off (wake_at);
CREATE INDEX ix_listing_case_id ON listing (case_id);
CREATE INDEX ix_listing_meeting_id ON listing (meeting_id);
CREATE INDEX ix_minutes_meeting_id ON minutes (meeting_id);
CREATE INDEX ix_referral_agency_id ON referral (agency_id);
CREATE INDEX ix_referral_case_id ON referral (case_id);
CREATE INDEX ix_referral_meeting_id ON referral (meeting_id);
CREATE INDEX ix_referral_panel_id ON referral (panel_id);
CREATE INDEX ix_request_agency_id ON request (agency_id);
CREATE INDEX ix_request_case_id ON request (case_id);
CREATE INDEX ix_request_meeting_id ON request (meeting_id);
CREATE INDEX ix_statement_agency_id ON statement (agency_id);
CREATE INDEX ix_statement_meeting_id ON statement (meeting_id);
CREATE INDEX ix_action_move_action_id ON action_move (action_id);
CREATE INDEX ix_agency_return_request_id ON agency_return (request_id);
CREATE INDEX ix_agency_return_statement_id ON agency_return (statement_id);
CREATE INDEX ix_dependency_action_id ON dependency (action_id);
CREATE INDEX ix_dependency_needs_id ON dependency (needs_id);
CREATE INDEX ix_more_time_action_id ON more_time (action_id);
CREATE INDEX ix_safety_check_action_id ON safety_check (action_id);
CREATE INDEX ix_safety_check_victim_id ON safety_check (victim_id);
CREATE INDEX ix_item_agency_id ON item (agency_id);
CREATE INDEX ix_item_case_id ON item (case_id);
CREATE INDEX ix_item_meeting_id ON item (meeting_id);
CREATE INDEX ix_item_return_id ON item (return_id);
CREATE INDEX ix_ground_action_id ON ground (action_id);
CREATE INDEX ix_ground_item_id ON ground (item_id);
CREATE INDEX ix_draft_panel_id ON draft (panel_id);
CREATE INDEX ix_feed_key_panel_id ON feed_key (panel_id);
CREATE INDEX ix_person_panel_id ON person (panel_id);
CREATE INDEX ix_flag_agency_id ON flag (agency_id);
CREATE INDEX ix_flag_case_id ON flag (case_id);
CREATE INDEX ix_follow_up_case_id ON follow_up (case_id);
CREATE INDEX ix_linked_case_id ON linked (case_id);
CREATE INDEX ix_linked_person_id ON linked (person_id);
CREATE INDEX ix_pathway_step_case_id ON pathway_step (case_id);
CREATE INDEX ix_transfer_case_id ON transfer (case_id);
CREATE INDEX ix_transfer_new_case_id ON transfer (new_case_id);
CREATE INDEX ix_transfer_to_panel_id ON transfer (to_panel_id);
CREATE INDEX ix_case_move_case_id ON case_move (case_id);
CREATE INDEX ix_case_move_meeting_id ON case_move (meeting_id);
CREATE INDEX ix_declaration_meeting_id ON declaration (meeting_id);
CREATE INDEX ix_declaration_panel_id ON declaration (panel_id);
CREATE INDEX ix_declaration_until ON declaration (until);
CREATE INDEX ix_declaration_user_id ON declaration (user_id);
CREATE INDEX ix_pass_meeting_id ON pass (meeting_id);
CREATE INDEX ix_pass_panel_id ON pass (panel_id);
CREATE INDEX ix_assessment_agency_id ON assessment (agency_id);
CREATE INDEX ix_assessment_case_id ON assessment (case_id);
CREATE INDEX ix_assessment_referral_id ON assessment (referral_id);
CREATE INDEX ix_fingerprint_digest ON fingerprint (digest);
CREATE INDEX ix_fingerprint_panel_id ON fingerprint (panel_id);
CREATE INDEX ix_fingerprint_referral_id ON fingerprint (referral_id);
CREATE INDEX ix_referral_addition_referral_id ON referral_addition (referral_id);
CREATE INDEX ix_intelligence_item_id ON intelligence (item_id);
CREATE INDEX ix_case_merged_into_id ON "case" (merged_into_id);
CREATE INDEX ix_case_person_id ON "case" (person_id);
CREATE INDEX ix_case_wake_at ON "case" (wake_at);
CREATE INDEX ix_item_replaces_id ON item (replaces_id);
CREATE INDEX ix_referral_repeats_id ON referral (repeats_id);
CREATE INDEX ix_victim_person_id ON victim (person_id);
CREATE INDEX ix_catalogue_entry_panel_id ON catalogue_entry (panel_id);
CREATE INDEX ix_mailbox_panel_id ON mailbox (panel_id);
CREATE INDEX ix_mailbox_user_id ON mailbox (user_id);
CREATE INDEX ix_safety_picture_case_id ON safety_picture (case_id);
CREATE INDEX ix_safety_picture_meeting_id ON safety_picture (meeting_id);
CREATE INDEX ix_safety_picture_panel_id ON safety_picture (panel_id);
CREATE INDEX ix_imported_row_action_id ON imported_row (action_id);
CREATE INDEX ix_imported_row_panel_id ON imported_row (panel_id);
CREATE INDEX ix_audit_person ON audit (by_user, at);
CREATE INDEX ix_erasure_panel_id ON erasure (panel_id);
CREATE INDEX ix_erasure_wake_at ON erasure (wake_at);
CREATE INDEX ix_leave_panel_id ON leave (panel_id);
CREATE INDEX ix_leave_user_id ON leave (user_id);
CREATE INDEX ix_subject_request_panel_id ON subject_request (panel_id);
CREATE INDEX ix_subject_request_wake_at ON subject_request (wake_at);
CREATE INDEX ix_subject_item_agency_id ON subject_item (agency_id);
CREATE INDEX ix_subject_item_request_id ON subject_item (request_id);
CREATE INDEX ix_break_glass_case_id ON break_glass (case_id);
CREATE INDEX ix_break_glass_panel_id ON break_glass (panel_id);
CREATE INDEX ix_break_glass_user_id ON break_glass (user_id);
CREATE INDEX ix_break_glass_wake_at ON break_glass (wake_at);
CREATE INDEX ix_hold_case_id ON hold (case_id);
CREATE INDEX ix_hold_panel_id ON hold (panel_id);
CREATE INDEX ix_known_word_referral_id ON known_word (referral_id);
CREATE INDEX ix_known_word_digest ON known_word (digest);
CREATE INDEX ix_known_word_panel_id ON known_word (panel_id);
CREATE INDEX ix_seal_panel_id ON seal (panel_id);
CREATE INDEX ix_sealed_reader_seal_id ON sealed_reader (seal_id);
CREATE INDEX ix_sealed_reader_user_id ON sealed_reader (user_id);
CREATE INDEX ix_action_of_panel ON action (panel_id, status);
CREATE INDEX ix_seat_wake_at ON seat (wake_at);
COMMIT;
