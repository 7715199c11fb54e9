-- A ledger as the program of schema 12 left it: one dossier paid, a reversal, and an answer of each refusal's code.
-- Written once by that program, through sqlite3's .dump; never changed.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE schema_migration ( number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;
INSERT INTO schema_migration VALUES(1,'journal',1773997200000000);
INSERT INTO schema_migration VALUES(2,'people',1773997200000000);
INSERT INTO schema_migration VALUES(3,'dossiers',1773997200000000);
INSERT INTO schema_migration VALUES(4,'funding',1773997200000000);
INSERT INTO schema_migration VALUES(5,'payments',1773997200000000);
INSERT INTO schema_migration VALUES(6,'bank',1773997200000000);
INSERT INTO schema_migration VALUES(7,'anchors',1773997200000000);
INSERT INTO schema_migration VALUES(8,'records',1773997200000000);
INSERT INTO schema_migration VALUES(9,'exports',1773997200000000);
INSERT INTO schema_migration VALUES(10,'periods',1773997200000000);
INSERT INTO schema_migration VALUES(11,'answers',1773997200000000);
INSERT INTO schema_migration VALUES(12,'contractors',1773997200000000);
CREATE TABLE account (
    id     INTEGER PRIMARY KEY,
    role   TEXT NOT NULL,
    number TEXT NOT NULL,
    label  TEXT NOT NULL,
    UNIQUE (role, number)
) STRICT;
INSERT INTO account VALUES(1,'cash','515','Compte au Trésor');
INSERT INTO account VALUES(2,'opening_balance','1021','Dotation (fonds de préfinancement)');
INSERT INTO account VALUES(3,'grant_notified','8028','Engagements reçus – subventions notifiées');
INSERT INTO account VALUES(4,'grant_notified_counterpart','memo.8028','Contrepartie des subventions notifiées');
INSERT INTO account VALUES(5,'claim_filed','memo.claim','Demandes de paiement déposées');
INSERT INTO account VALUES(6,'claim_filed_counterpart','memo.claim.c','Contrepartie des demandes de paiement');
INSERT INTO account VALUES(7,'funder_receivable','44312','Financeurs – recettes amiable');
INSERT INTO account VALUES(8,'mandate_revenue','458201','Opérations sous mandat – recettes');
INSERT INTO account VALUES(9,'works_ordered_counterpart','memo.8018','Contrepartie des travaux commandés');
INSERT INTO account VALUES(10,'works_ordered','8018','Engagements donnés – travaux commandés');
INSERT INTO account VALUES(11,'mandate_expenditure','458101','Opérations sous mandat – dépenses');
INSERT INTO account VALUES(12,'contractor_payable','4041','Fournisseurs – travaux');
INSERT INTO account VALUES(13,'contractor_retention','40471','Fournisseurs – retenues de garantie');
CREATE TABLE posting (
    entry      INTEGER NOT NULL,
    line       INTEGER NOT NULL,
    account    INTEGER NOT NULL REFERENCES account (id),
    dossier    INTEGER NOT NULL,
    funder     INTEGER NOT NULL,
    contractor INTEGER NOT NULL,
    batch      INTEGER NOT NULL,
    cents      INTEGER NOT NULL CHECK (cents <> 0 AND abs(cents) <= 10000000000000),
    PRIMARY KEY (entry, line)
) STRICT, WITHOUT ROWID;
INSERT INTO posting VALUES(1,1,1,0,0,0,0,6000000);
INSERT INTO posting VALUES(1,2,2,0,0,0,0,-6000000);
INSERT INTO posting VALUES(3,1,3,1,1,0,0,1600000);
INSERT INTO posting VALUES(3,2,4,1,1,0,0,-1600000);
INSERT INTO posting VALUES(4,1,3,1,2,0,0,200000);
INSERT INTO posting VALUES(4,2,4,1,2,0,0,-200000);
INSERT INTO posting VALUES(5,1,5,1,1,0,0,480000);
INSERT INTO posting VALUES(5,2,6,1,1,0,0,-480000);
INSERT INTO posting VALUES(6,1,7,1,1,0,0,480000);
INSERT INTO posting VALUES(6,2,8,1,0,0,0,-480000);
INSERT INTO posting VALUES(6,3,4,1,1,0,0,480000);
INSERT INTO posting VALUES(6,4,3,1,1,0,0,-480000);
INSERT INTO posting VALUES(7,1,1,1,0,0,0,480000);
INSERT INTO posting VALUES(7,2,7,1,1,0,0,-480000);
INSERT INTO posting VALUES(7,3,6,1,1,0,0,480000);
INSERT INTO posting VALUES(7,4,5,1,1,0,0,-480000);
INSERT INTO posting VALUES(8,1,9,1,0,1,0,2110000);
INSERT INTO posting VALUES(8,2,10,1,0,1,0,-2110000);
INSERT INTO posting VALUES(10,1,11,1,0,0,0,2110000);
INSERT INTO posting VALUES(10,2,12,1,0,1,0,-2004500);
INSERT INTO posting VALUES(10,3,13,1,0,1,0,-105500);
INSERT INTO posting VALUES(10,4,10,1,0,1,0,2110000);
INSERT INTO posting VALUES(10,5,9,1,0,1,0,-2110000);
INSERT INTO posting VALUES(11,1,12,1,0,1,0,2004500);
INSERT INTO posting VALUES(11,2,1,1,0,0,0,-2004500);
INSERT INTO posting VALUES(12,1,1,0,0,0,0,100);
INSERT INTO posting VALUES(12,2,2,0,0,0,0,-100);
INSERT INTO posting VALUES(13,1,1,0,0,0,0,-100);
INSERT INTO posting VALUES(13,2,2,0,0,0,0,100);
CREATE TABLE entry (
    number      INTEGER PRIMARY KEY,
    day         TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    journal     TEXT NOT NULL,
    event       TEXT NOT NULL,
    label       TEXT NOT NULL,
    piece       TEXT NOT NULL,
    programme   INTEGER NOT NULL,
    person      INTEGER NOT NULL,
    reverses    INTEGER NOT NULL,
    digest      BLOB NOT NULL,
    hash        BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO entry VALUES(1,'2026-03-20',1773997200000000,'TR','fund_paid_in','Fonds','P',1,6,0,X'',X'38790457195b8aa6e78705bccfa6551f6b279f884a291136b79cdf7bad3276b5');
INSERT INTO entry VALUES(2,'2026-03-20',1773997200000000,'HB','plan_signed','Plan de financement signé – D26-0001','D26-0001',1,2,0,X'585be1bc2a0ce4e7f9f15358a9661a5a52e42fe36388c47bfbc6147594142ad1',X'678bf12909c20c5041705b38e4e2fc0fee28dac72d8b908477072b9a251bf2b6');
INSERT INTO entry VALUES(3,'2026-03-20',1773997200000000,'HB','grant_notified','Subvention notifiée – MaPrimeRénov'' – D26-0001','N-1',1,2,0,X'',X'cf25d7fb70d30bcccde7b1f540aee65a21c7385e1e9c114a259b6b3592557199');
INSERT INTO entry VALUES(4,'2026-03-20',1773997200000000,'HB','grant_notified','Subvention notifiée – Aide de la Région – D26-0001','N-1',1,2,0,X'',X'30ac89956631bbd8fed179ff082560989b7d5d26b56e5d8dad67d2a691cb4413');
INSERT INTO entry VALUES(5,'2026-03-20',1773997200000000,'HB','claim_filed','Demande de paiement déposée – Anah – D26-0001','C26-0001',1,2,0,X'',X'e0bab83776aeb8ebffea56f0fed1897b22e3fa88220f09ca8e86c6b52cc4fd21');
INSERT INTO entry VALUES(6,'2026-03-20',1773997200000000,'TI','claim_title_issued','Titre émis sur le financeur – Anah – D26-0001','T26-0001',1,5,0,X'',X'607f00f8267bdb8bb4064f9afd1617f909c4afc716c496c6343098e58163e765');
INSERT INTO entry VALUES(7,'2026-03-20',1773997200000000,'TR','claim_received','Subvention encaissée – Anah – D26-0001','R/2',1,6,0,X'',X'ae48497392226fdf70cfa9f8f4197fae483ec01be3f53b5f0d20f388686c8658');
INSERT INTO entry VALUES(8,'2026-03-20',1773997200000000,'HB','works_ordered','Travaux commandés – devis DV-1 – D26-0001','W26-0001',1,2,0,X'',X'e5bb6389c1440b2e0b0365f42c96b744f088216585555c80a45a3e5442089d22');
INSERT INTO entry VALUES(9,'2026-03-20',1773997200000000,'MA','order_approved','Ordre de paiement approuvé – P26-0001 – facture F-1 – D26-0001','P26-0001',1,5,0,X'8985a165ff8e76a788a3e6eeed400d185ff781bd4fe9a8ccdef98ba893774ca0',X'3e387c5c9d44185cdcd162b1ad6a7c9830df7ed49f1722a2bc5752e05cc4d082');
INSERT INTO entry VALUES(10,'2026-03-20',1773997200000000,'MA','order_released','Ordre de paiement pris en charge – P26-0001 – facture F-1 – D26-0001','P26-0001',1,6,0,X'',X'356700a242accc1f79bd07bbc00371dec4bf3a5cc15bb926c57e3a627f0257c1');
INSERT INTO entry VALUES(11,'2026-03-20',1773997200000000,'TR','transfer_paid','Virement exécuté – D26-0001-P26-0001-A1','R/1',1,6,0,X'',X'0bc80998d43c14088aae28f4399bfb44c8c082b6d2a196568d02a2d134a24cf1');
INSERT INTO entry VALUES(12,'2026-03-20',1773997200000000,'TR','fund_paid_in','Versement saisi deux fois','P',1,6,0,X'',X'b22d5768498a3bfda3ef15d2d97ea7b2e2a39c84aad017c4f4af5b5cad7942c7');
INSERT INTO entry VALUES(13,'2026-03-21',1774083600000000,'OD','reversal','Saisi deux fois','P',1,6,12,X'',X'63c1e679ed14b571e3bc0a37ae1acb2751573e282981b19d8d762fea5682c40c');
CREATE TABLE balance (
    account    INTEGER NOT NULL REFERENCES account (id),
    programme  INTEGER NOT NULL,
    dossier    INTEGER NOT NULL,
    funder     INTEGER NOT NULL,
    contractor INTEGER NOT NULL,
    batch      INTEGER NOT NULL,
    cents      INTEGER NOT NULL,
    PRIMARY KEY (account, programme, dossier, funder, contractor, batch)
) STRICT, WITHOUT ROWID;
INSERT INTO balance VALUES(1,1,0,0,0,0,6000000);
INSERT INTO balance VALUES(2,1,0,0,0,0,-6000000);
INSERT INTO balance VALUES(1,1,1,0,0,0,-1524500);
INSERT INTO balance VALUES(3,1,1,2,0,0,200000);
INSERT INTO balance VALUES(3,1,1,1,0,0,1120000);
INSERT INTO balance VALUES(4,1,1,1,0,0,-1120000);
INSERT INTO balance VALUES(4,1,1,2,0,0,-200000);
INSERT INTO balance VALUES(5,1,1,1,0,0,0);
INSERT INTO balance VALUES(6,1,1,1,0,0,0);
INSERT INTO balance VALUES(7,1,1,1,0,0,0);
INSERT INTO balance VALUES(8,1,1,0,0,0,-480000);
INSERT INTO balance VALUES(9,1,1,0,1,0,0);
INSERT INTO balance VALUES(10,1,1,0,1,0,0);
INSERT INTO balance VALUES(11,1,1,0,0,0,2110000);
INSERT INTO balance VALUES(12,1,1,0,1,0,0);
INSERT INTO balance VALUES(13,1,1,0,1,0,-105500);
CREATE TABLE person (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    added_on TEXT NOT NULL
) STRICT;
INSERT INTO person VALUES(1,'Administration','2026-03-20');
INSERT INTO person VALUES(2,'Conseil','2026-03-20');
INSERT INTO person VALUES(3,'Gestion','2026-03-20');
INSERT INTO person VALUES(4,'Technique','2026-03-20');
INSERT INTO person VALUES(5,'Ordonnateur','2026-03-20');
INSERT INTO person VALUES(6,'Comptable','2026-03-20');
INSERT INTO person VALUES(7,'Contrôle','2026-03-20');
CREATE TABLE person_role (
    person INTEGER NOT NULL REFERENCES person (id),
    role   TEXT NOT NULL,
    since  TEXT NOT NULL,
    PRIMARY KEY (person, role)
) STRICT, WITHOUT ROWID;
INSERT INTO person_role VALUES(1,'administrator','2026-03-20');
INSERT INTO person_role VALUES(2,'adviser','2026-03-20');
INSERT INTO person_role VALUES(3,'officer','2026-03-20');
INSERT INTO person_role VALUES(4,'technician','2026-03-20');
INSERT INTO person_role VALUES(5,'authorising_officer','2026-03-20');
INSERT INTO person_role VALUES(6,'public_accountant','2026-03-20');
INSERT INTO person_role VALUES(7,'officer','2026-03-20');
CREATE TABLE programme (
    id            INTEGER PRIMARY KEY,
    code          TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    operation     TEXT NOT NULL UNIQUE,
    iban          TEXT NOT NULL UNIQUE,
    ceiling_cents INTEGER NOT NULL CHECK (ceiling_cents > 0),
    opened_on     TEXT NOT NULL
) STRICT;
INSERT INTO programme VALUES(1,'HMD','Habiter mieux en Déodatie','01','FR7699998000010000000000107',10000000,'2026-03-20');
CREATE TABLE programme_epci (
    programme INTEGER NOT NULL REFERENCES programme (id),
    siren     TEXT NOT NULL,
    since     TEXT NOT NULL,
    PRIMARY KEY (programme, siren)
) STRICT, WITHOUT ROWID;
INSERT INTO programme_epci VALUES(1,'200071066','2026-03-20');
CREATE TABLE dossier (
    id         INTEGER PRIMARY KEY,
    reference  TEXT NOT NULL UNIQUE,
    programme  INTEGER NOT NULL REFERENCES programme (id),
    adviser    INTEGER NOT NULL REFERENCES person (id),
    opened_on  TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('open', 'abandoned', 'closed')),
    ended_on   TEXT,
    end_reason TEXT,
    version    INTEGER NOT NULL
, ended_entry INTEGER REFERENCES entry (number)) STRICT;
INSERT INTO dossier VALUES(1,'D26-0001',1,2,'2026-03-20','open',NULL,NULL,2,NULL);
CREATE TABLE household (
    dossier              INTEGER PRIMARY KEY REFERENCES dossier (id),
    name                 TEXT NOT NULL,
    persons              INTEGER NOT NULL,
    reference_income_eur INTEGER NOT NULL,
    commune_insee        TEXT NOT NULL,
    owner_status         TEXT NOT NULL
) STRICT;
INSERT INTO household VALUES(1,'Ménage d''essai',3,24000,'88413','owner_occupier');
CREATE TABLE dwelling (
    dossier        INTEGER PRIMARY KEY REFERENCES dossier (id),
    commune_insee  TEXT NOT NULL,
    type           TEXT NOT NULL,
    age_years      INTEGER NOT NULL,
    main_residence INTEGER NOT NULL,
    living_area_m2 INTEGER NOT NULL,
    dpe_before     TEXT NOT NULL,
    dpe_after      TEXT NOT NULL,
    energy_gain_pct INTEGER NOT NULL
) STRICT;
INSERT INTO dwelling VALUES(1,'88413','house',60,1,110,'F','C',50);
CREATE TABLE quote (
    id         INTEGER PRIMARY KEY,
    dossier    INTEGER NOT NULL REFERENCES dossier (id),
    contractor INTEGER NOT NULL REFERENCES contractor (id),
    number     TEXT NOT NULL,
    issued_on  TEXT NOT NULL,
    UNIQUE (contractor, number)
) STRICT;
INSERT INTO quote VALUES(1,1,1,'DV-1','2026-03-20');
CREATE TABLE quote_line (
    quote     INTEGER NOT NULL REFERENCES quote (id),
    line      INTEGER NOT NULL,
    trade     TEXT NOT NULL,
    label     TEXT NOT NULL,
    ht_cents  INTEGER NOT NULL,
    vat_bp    INTEGER NOT NULL,
    ttc_cents INTEGER NOT NULL,
    eligible  INTEGER NOT NULL,
    PRIMARY KEY (quote, line)
) STRICT, WITHOUT ROWID;
INSERT INTO quote_line VALUES(1,1,'isolation_mur_ite','Isolation des murs par l''extérieur',2000000,550,2110000,1);
CREATE TABLE plan (
    id                   INTEGER PRIMARY KEY,
    dossier              INTEGER NOT NULL REFERENCES dossier (id),
    dossier_version      INTEGER NOT NULL,
    kept_on              TEXT NOT NULL,
    person               INTEGER NOT NULL REFERENCES person (id),
    rules_version        TEXT NOT NULL,
    facts_json           TEXT NOT NULL,
    plan_json            TEXT NOT NULL,
    explanation_json     TEXT NOT NULL,
    works_ttc_cents      INTEGER NOT NULL,
    total_aid_cents      INTEGER NOT NULL,
    remaining_cost_cents INTEGER NOT NULL CHECK (remaining_cost_cents >= 0),
    signed_on            TEXT, signed_entry INTEGER REFERENCES entry (number),
    CHECK (total_aid_cents + remaining_cost_cents = works_ttc_cents)
) STRICT;
INSERT INTO "plan" VALUES(1,1,2,'2026-03-20',2,'test','{}','{}','{}',2110000,1800000,310000,'2026-03-20',2);
CREATE TABLE plan_aid (
    plan          INTEGER NOT NULL REFERENCES plan (id),
    aid           TEXT NOT NULL,
    funder        TEXT NOT NULL,
    label         TEXT NOT NULL,
    cents         INTEGER NOT NULL,
    advance_cents INTEGER NOT NULL,
    motive        TEXT,
    PRIMARY KEY (plan, aid)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_aid VALUES(1,'anah.mpr_accompagne','anah','MaPrimeRénov''',1600000,480000,NULL);
INSERT INTO plan_aid VALUES(1,'local.region','region','Aide de la Région',200000,0,NULL);
CREATE TABLE given_aid (
    dossier  INTEGER NOT NULL REFERENCES dossier (id),
    aid      TEXT NOT NULL,
    funder   TEXT NOT NULL REFERENCES funder (code),
    label    TEXT NOT NULL,
    cents    INTEGER NOT NULL CHECK (cents > 0),
    motive   TEXT NOT NULL,
    person   INTEGER NOT NULL REFERENCES person (id),
    given_on TEXT NOT NULL,
    PRIMARY KEY (dossier, aid)
) STRICT, WITHOUT ROWID;
CREATE TABLE funder (
    id     INTEGER PRIMARY KEY,
    code   TEXT NOT NULL UNIQUE,
    name   TEXT NOT NULL,
    family INTEGER NOT NULL
) STRICT;
INSERT INTO funder VALUES(1,'anah','Anah',1);
INSERT INTO funder VALUES(2,'region','Région Grand Est',2);
CREATE TABLE mandate (
    id         INTEGER PRIMARY KEY,
    dossier    INTEGER NOT NULL REFERENCES dossier (id),
    funder     INTEGER NOT NULL REFERENCES funder (id),
    signed_on  TEXT NOT NULL,
    revoked_on TEXT
) STRICT;
INSERT INTO mandate VALUES(1,1,1,'2026-03-20',NULL);
INSERT INTO mandate VALUES(2,1,2,'2026-03-20',NULL);
CREATE TABLE funder_grant (
    id              INTEGER PRIMARY KEY,
    dossier         INTEGER NOT NULL REFERENCES dossier (id),
    funder          INTEGER NOT NULL REFERENCES funder (id),
    plan            INTEGER NOT NULL REFERENCES plan (id),
    aid             TEXT NOT NULL,
    label           TEXT NOT NULL,
    motive          TEXT,
    requested_cents INTEGER NOT NULL,
    requested_on    TEXT NOT NULL,
    reference       TEXT,
    notified_on     TEXT,
    notified_cents  INTEGER,
    advance_cents   INTEGER NOT NULL,
    refused_on      TEXT,
    refused_cents   INTEGER NOT NULL DEFAULT 0,
    UNIQUE (dossier, aid)
) STRICT;
INSERT INTO funder_grant VALUES(1,1,1,1,'anah.mpr_accompagne','MaPrimeRénov''',NULL,1600000,'2026-03-20','N-1','2026-03-20',1600000,480000,NULL,0);
INSERT INTO funder_grant VALUES(2,1,2,1,'local.region','Aide de la Région',NULL,200000,'2026-03-20','N-1','2026-03-20',200000,0,NULL,0);
CREATE TABLE claim (
    id             INTEGER PRIMARY KEY,
    reference      TEXT NOT NULL UNIQUE,
    funder_grant   INTEGER NOT NULL REFERENCES funder_grant (id),
    kind           TEXT NOT NULL CHECK (kind IN ('advance', 'instalment', 'balance')),
    cents          INTEGER NOT NULL CHECK (cents > 0),
    filed_on       TEXT NOT NULL,
    title          TEXT UNIQUE,
    titled_on      TEXT,
    received_cents INTEGER NOT NULL DEFAULT 0,
    received_on    TEXT,
    reduced_cents  INTEGER NOT NULL DEFAULT 0,
    reduced_on     TEXT,
    reduced_reason TEXT,
    CHECK (received_cents + reduced_cents <= cents)
) STRICT;
INSERT INTO claim VALUES(1,'C26-0001',1,'advance',480000,'2026-03-20','T26-0001','2026-03-20',480000,'2026-03-20',0,NULL,NULL);
CREATE TABLE household_call (
    id             INTEGER PRIMARY KEY,
    reference      TEXT NOT NULL UNIQUE,
    dossier        INTEGER NOT NULL REFERENCES dossier (id),
    cents          INTEGER NOT NULL CHECK (cents > 0),
    called_on      TEXT NOT NULL,
    reason         TEXT NOT NULL,
    claim          INTEGER REFERENCES claim (id),
    received_cents INTEGER NOT NULL DEFAULT 0,
    received_on    TEXT,
    CHECK (received_cents <= cents)
) STRICT;
CREATE TABLE contractor (
    id      INTEGER PRIMARY KEY,
    siret   TEXT NOT NULL UNIQUE,
    name    TEXT NOT NULL,
    town    TEXT NOT NULL,
    country TEXT NOT NULL
) STRICT;
INSERT INTO contractor VALUES(1,'99900100100018','Isolation des Hautes-Vosges','Saint-Dié-des-Vosges','FR');
CREATE TABLE contractor_iban (
    id         INTEGER PRIMARY KEY,
    contractor INTEGER NOT NULL REFERENCES contractor (id),
    iban       TEXT NOT NULL,
    entered_by INTEGER NOT NULL REFERENCES person (id),
    entered_on TEXT NOT NULL
) STRICT;
INSERT INTO contractor_iban VALUES(1,1,'FR7699998000030000000010165',3,'2026-03-20');
CREATE TABLE works_order (
    id         INTEGER PRIMARY KEY,
    reference  TEXT NOT NULL UNIQUE,
    dossier    INTEGER NOT NULL REFERENCES dossier (id),
    quote      INTEGER NOT NULL UNIQUE REFERENCES quote (id),
    contractor INTEGER NOT NULL REFERENCES contractor (id),
    cents      INTEGER NOT NULL CHECK (cents > 0),
    signed_on  TEXT NOT NULL,
    finished_on    TEXT,
    given_up_cents INTEGER NOT NULL DEFAULT 0 CHECK (given_up_cents BETWEEN 0 AND cents)
) STRICT;
INSERT INTO works_order VALUES(1,'W26-0001',1,1,1,2110000,'2026-03-20',NULL,0);
CREATE TABLE invoice (
    id              INTEGER PRIMARY KEY,
    works_order     INTEGER NOT NULL REFERENCES works_order (id),
    contractor      INTEGER NOT NULL REFERENCES contractor (id),
    number          TEXT NOT NULL,
    issued_on       TEXT NOT NULL,
    received_on     TEXT NOT NULL,
    retention_cents INTEGER NOT NULL CHECK (retention_cents >= 0),
    UNIQUE (contractor, number)
) STRICT;
INSERT INTO invoice VALUES(1,1,1,'F-1','2026-03-20','2026-03-20',105500);
CREATE TABLE invoice_line (
    invoice   INTEGER NOT NULL REFERENCES invoice (id),
    line      INTEGER NOT NULL,
    label     TEXT NOT NULL,
    ht_cents  INTEGER NOT NULL,
    vat_bp    INTEGER NOT NULL,
    ttc_cents INTEGER NOT NULL,
    PRIMARY KEY (invoice, line)
) STRICT, WITHOUT ROWID;
INSERT INTO invoice_line VALUES(1,1,'Isolation des murs par l''extérieur',2000000,550,2110000);
CREATE TABLE acceptance (
    invoice     INTEGER PRIMARY KEY REFERENCES invoice (id),
    accepted_on TEXT NOT NULL,
    technician  INTEGER NOT NULL REFERENCES person (id),
    household_signed_on TEXT NOT NULL
) STRICT;
INSERT INTO acceptance VALUES(1,'2026-03-20',4,'2026-03-20');
CREATE TABLE payment_order (
    id         INTEGER PRIMARY KEY,
    number     TEXT NOT NULL UNIQUE,
    invoice    INTEGER NOT NULL REFERENCES invoice (id),
    purpose    TEXT NOT NULL CHECK (purpose IN ('works', 'retention')),
    cents      INTEGER NOT NULL CHECK (cents > 0),
    iban       TEXT NOT NULL,
    attempt    INTEGER NOT NULL,
    made_by    INTEGER NOT NULL REFERENCES person (id),
    made_on    TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('made', 'approved', 'released', 'sent', 'paid', 'returned')),
    approved_by INTEGER REFERENCES person (id),
    approved_on TEXT,
    approved_hash BLOB,
    released_by INTEGER REFERENCES person (id),
    released_on TEXT,
    taken_in_charge INTEGER NOT NULL DEFAULT 0,
    UNIQUE (invoice, purpose)
) STRICT;
INSERT INTO payment_order VALUES(1,'P26-0001',1,'works',2004500,'FR7699998000030000000010165',1,3,'2026-03-20','paid',5,'2026-03-20',X'8985a165ff8e76a788a3e6eeed400d185ff781bd4fe9a8ccdef98ba893774ca0',6,'2026-03-20',1);
CREATE TABLE transfer_file (
    id           INTEGER PRIMARY KEY,
    message_id   TEXT NOT NULL UNIQUE,
    programme    INTEGER NOT NULL REFERENCES programme (id),
    execution_on TEXT NOT NULL,
    made_at      INTEGER NOT NULL
) STRICT;
INSERT INTO transfer_file VALUES(1,'DEODAT-V26-0001',1,'2026-03-20',1773997200000000);
CREATE TABLE transfer (
    id            INTEGER PRIMARY KEY,
    file          INTEGER NOT NULL REFERENCES transfer_file (id),
    payment_order INTEGER NOT NULL REFERENCES payment_order (id),
    attempt       INTEGER NOT NULL,
    end_to_end_id TEXT NOT NULL UNIQUE,
    iban          TEXT NOT NULL,
    cents         INTEGER NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('sent', 'paid', 'returned')),
    paid_on       TEXT,
    returned_on   TEXT,
    return_reason TEXT,
    UNIQUE (payment_order, attempt)
) STRICT;
INSERT INTO transfer VALUES(1,1,1,1,'D26-0001-P26-0001-A1','FR7699998000030000000010165',2004500,'paid','2026-03-20',NULL,NULL);
CREATE TABLE bank_statement (
    id            INTEGER PRIMARY KEY,
    programme     INTEGER NOT NULL REFERENCES programme (id),
    identification TEXT NOT NULL,
    opening_cents INTEGER NOT NULL,
    closing_cents INTEGER NOT NULL,
    closing_on    TEXT NOT NULL,
    content_hash  BLOB NOT NULL UNIQUE,
    imported_on   TEXT NOT NULL
) STRICT;
CREATE TABLE bank_movement (
    id            INTEGER PRIMARY KEY,
    statement     INTEGER NOT NULL REFERENCES bank_statement (id),
    ordinal       INTEGER NOT NULL,
    day           TEXT NOT NULL,
    cents         INTEGER NOT NULL,
    end_to_end_id TEXT NOT NULL,
    return_reason TEXT NOT NULL,
    counterparty  TEXT NOT NULL,
    remittance    TEXT NOT NULL,
    matched_kind  TEXT CHECK (matched_kind IN
        ('fund', 'transfer', 'returned_transfer', 'claim', 'household_call', 'household_early')),
    matched_id    INTEGER,
    entry         INTEGER REFERENCES entry (number),
    UNIQUE (statement, ordinal),
    CHECK ((matched_kind IS NULL) = (entry IS NULL))
) STRICT;
CREATE TABLE anchor (
    number     INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind IN ('signature', 'time_stamp')),
    made_at    INTEGER NOT NULL,
    statement  BLOB NOT NULL,
    public_key BLOB CHECK (length(public_key) = 32),
    signature  BLOB CHECK (length(signature) = 64),
    request    BLOB,
    CHECK ((kind = 'signature') = (public_key IS NOT NULL AND signature IS NOT NULL)),
    CHECK ((kind = 'time_stamp') = (request IS NOT NULL))
) STRICT;
CREATE TABLE anchor_response (
    anchor      INTEGER PRIMARY KEY REFERENCES anchor (number),
    response    BLOB NOT NULL,
    authority   TEXT NOT NULL,
    attached_at INTEGER NOT NULL
) STRICT;
CREATE TABLE record (
    number      INTEGER PRIMARY KEY,
    recorded_at INTEGER NOT NULL,
    entry       INTEGER NOT NULL,
    table_name  TEXT NOT NULL,
    row_key     TEXT NOT NULL,
    previous    INTEGER NOT NULL,
    columns     INTEGER NOT NULL,
    digest      BLOB NOT NULL CHECK (length(digest) IN (0, 32)),
    hash        BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO record VALUES(1,1773997200000000,0,'schema_migration','1',0,3,X'a2771bed2b6a14b2cd9c96f3461fa7058a236e618b029ccb69f60a0f314a5851',X'9d4327104c62ee6f1610a0bb1388a970ac62d9a3710df1503523ef30cb0ac4b7');
INSERT INTO record VALUES(2,1773997200000000,0,'schema_migration','10',0,3,X'e64eb360c0a0f0af78674d33248b5795e8bcf4dd293d3142771f1040c5db9cc1',X'8ab288ae28648409109c5c1bf300715876301fc06da2ae09fe1a52761df270c0');
INSERT INTO record VALUES(3,1773997200000000,0,'schema_migration','11',0,3,X'b2f97604a94e46a6b89a83a05d417c5315eacddb200b07ebf795224e51f23fb0',X'aad450dd28d6c2c531efe6a2e775bb95f7c3904e0904687510f7394c0d4b8068');
INSERT INTO record VALUES(4,1773997200000000,0,'schema_migration','12',0,3,X'28d3acf77297b55289c05a4aab45e7801189344e51c86eafd28fc1d2cfa664c6',X'85f4e51d6d8239ed3a6b0cb964ffd4ed6b6ed34d1d0cca2aace70c0216b29e9f');
INSERT INTO record VALUES(5,1773997200000000,0,'schema_migration','2',0,3,X'e5fa4d399e4fce6d351ccf0c7358184f349bd8b576402f1057c17f1558e5a7d7',X'7b9c9cdee572f91a3a563b25d7243746309472ebb389524b141e0e4bd3495904');
INSERT INTO record VALUES(6,1773997200000000,0,'schema_migration','3',0,3,X'0f78a89bc060e64e4ba5a6b84e2da6124c8d021764b4408531201349ae08a736',X'fb338b742b13efccdcf75c9083c0915e1385e85892a6b73cb60f89625d298af5');
INSERT INTO record VALUES(7,1773997200000000,0,'schema_migration','4',0,3,X'51fffeaa3c7cbcd1e3db0098908c4efd70faf0d9ac02d000c4d3ad83b1d67b25',X'1d665efdaec47b22c5795611a3b2040670df6ee6891ec47e81a44678992bd3c3');
INSERT INTO record VALUES(8,1773997200000000,0,'schema_migration','5',0,3,X'4d4ef5ef20624a9dbf21251f9923e368e0c5b4b769a6c7da8d29a925f15b49dd',X'eca0d3cf66bed32efe16130bf665945c3642d8ec099a7ff9bf77c6ad2dbc0ae8');
INSERT INTO record VALUES(9,1773997200000000,0,'schema_migration','6',0,3,X'a5f04c14310240af4255259af57460e7f6d767ada837150563aac6ac08663926',X'859053b3cff0eb16e513276e292a6212b6f1f89889872df5df3bcaf4f7954abe');
INSERT INTO record VALUES(10,1773997200000000,0,'schema_migration','7',0,3,X'6e8810a8ada92e246ea40eb2ce15f71696d8a354407028ab4a5b4c34b6d30e50',X'8bbb604df81cada65777d5fdb827e6111183ee5c5551302ebe5c8ec8c2b159d0');
INSERT INTO record VALUES(11,1773997200000000,0,'schema_migration','8',0,3,X'f7136e64308c6b6975dd10bcb40c3164192d84cd7b095c1b00f835ec5145118c',X'e67b4d2955da3c492d347b0e22e700a355700db3b12522fab9bd7d039e7b5473');
INSERT INTO record VALUES(12,1773997200000000,0,'schema_migration','9',0,3,X'0ebdd5c5b445c4fee8b94b34a485b1005a59fa718ed176414a69e67fe6ebdbf9',X'ac7dfe5d42c4ed9ac4c59decdc3eb5623dd2c31247aa886270c941608f76254f');
INSERT INTO record VALUES(13,1773997200000000,0,'person','1',0,3,X'b7c30fb57bac3cc63f9092ee843a61ce9def1caa191e98a99c994ff11ed8c160',X'abbc6d7d05cad29d16531c22c410cb5cf629310a0daff13b94cfc396036e81fd');
INSERT INTO record VALUES(14,1773997200000000,0,'person_role','1,''administrator''',0,3,X'80a645cfe05f0e35a4fca2bf2f1bae20b48322711e419168481f6e19d7b8fd5a',X'ecdb6855b29080eeaa208ce6178f11abc5a285e3b7d81ba5f957ca9c87d16edd');
INSERT INTO record VALUES(15,1773997200000000,0,'person','2',0,3,X'36ed2e4c23855e7810ac0354f4e4047d396b129386d457407e6079d1b7cb5405',X'438be727bac5ee97270d77ce607b58f6682012ab1262702b0c2bfbb1ee156031');
INSERT INTO record VALUES(16,1773997200000000,0,'person_role','2,''adviser''',0,3,X'54e74fcbbb4ba2c073bdc5513eb6d27394b843a013c2ecfa54cc222a7ea4ee4e',X'32ad99f99d8e0c3458c90376df96e519202d9d1bf130f5b7bf67a22bb4274245');
INSERT INTO record VALUES(17,1773997200000000,0,'person','3',0,3,X'bd1e7ed2afc5a60bc3710683f590c994d03cfa7c73dcb9922d77306cafc6fd51',X'1e0aaa2d3bd8732eb775a9fac116aa371460ed06e1c412512993149f9b1a183d');
INSERT INTO record VALUES(18,1773997200000000,0,'person_role','3,''officer''',0,3,X'95316d6a69beb0142fd63b7986361748c38c043992349ae570973092e47fc4a1',X'eeb4f40e375e5bce3c7e645d65fc5eeaa42bf42d3d5dbc95cbff8e06d66cfea4');
INSERT INTO record VALUES(19,1773997200000000,0,'person','4',0,3,X'c6e95dff68bd27a38f7398a9575407cf268e9e28dc83042480ffba53af60a4b6',X'15a2a81fe51965956c1422d48afec8d7c8620c54b1dfb405151177d550eb4b4e');
INSERT INTO record VALUES(20,1773997200000000,0,'person_role','4,''technician''',0,3,X'8bfb6911e2e55f8bd6e2e8fdaaf5cec7d9e5f1ba4b5a8074987a13e173fb0b6c',X'59b2b28d8b1fb6c4844ae261536c5b8315703622c58f2b778d8fd01707d3f126');
INSERT INTO record VALUES(21,1773997200000000,0,'person','5',0,3,X'026442d603e9258d4dc93883509bfa5e0d3f04bbc082acf8f320edb1bb673fa3',X'5be492bcc0356ad7ad0217b9411fe273e4a8e61cd52e37520fad75d4355a75c4');
INSERT INTO record VALUES(22,1773997200000000,0,'person_role','5,''authorising_officer''',0,3,X'5501020c54ed1bbeab5637af898e83b1e11dcfa52dca6054c44c80408edc02ce',X'f9e11ea27d49382cdf0fc494b8bc69756b9cc4fec921191e5270f8c839117bce');
INSERT INTO record VALUES(23,1773997200000000,0,'person','6',0,3,X'4ba32b809374200a69caa4af307fb1a105219214b5c8f1d90e9a05830f830c15',X'e8751ec16e3a2be890215c5dbf093469addc5f1478fd36187843d15a1734522b');
INSERT INTO record VALUES(24,1773997200000000,0,'person_role','6,''public_accountant''',0,3,X'a02d140988fbceef4df814ed399ae87a1fedb0c436cbc9670c2e2ff623f0f44e',X'04cf69dcc834ad3902e2d1ef210f7b9223e02ae9ee5dc1a7d977ea38c2f4230f');
INSERT INTO record VALUES(25,1773997200000000,0,'person','7',0,3,X'9d464fcc11157432b94adf36071794b5617af654a12eaac021570e38336704f0',X'5e856d0032ced8d385d1cbaf3271b37bbfb732896be25d900d75672cccae4dfb');
INSERT INTO record VALUES(26,1773997200000000,0,'person_role','7,''officer''',0,3,X'958c743e44c0fe6923c6ab5978ec679dd0248d7de0899dd6d89b72be35a2d3b9',X'419ffc9155a4d69584f76f0dbe345f6b9e177e2a645031059fa8c83688a1bc15');
INSERT INTO record VALUES(27,1773997200000000,0,'programme','1',0,7,X'62cfefe80524e6edf2869dd2262715e3b008fd92fc8beb83d51c757bbc32aa69',X'2d5345df679e4aa4e846b9bc58aaf1becd570d00a11fdd6e6916ba3d221b7cd4');
INSERT INTO record VALUES(28,1773997200000000,0,'programme_epci','1,''200071066''',0,3,X'9f725c6cbeb1003d81190549789138ace2ae6b0c24918112d69d21100d6db039',X'72e73ed7f1b6a54603621808f5e5cbae093cd9a897d633747ba9671addd85430');
INSERT INTO record VALUES(29,1773997200000000,0,'funder','1',0,4,X'4e6a60444ae23a648c068a5f307c77a51d6d38e0fcadf05e377590e669631303',X'2347b6d534fe3cc6bd8fa0037ddba61b1c0ea79dded3e2feec962a62dddf91a6');
INSERT INTO record VALUES(30,1773997200000000,0,'funder','2',0,4,X'54f9c1caa49e8d72c15a373a7ffb37d6c88a8b3db993488495f404b44815cc57',X'c8e02afb7f57d9aeb5a78fc5dac57cf042322f823bc70b0ca2191be7378c8b64');
INSERT INTO record VALUES(31,1773997200000000,0,'contractor','1',0,5,X'3c0003ce6474f3320f097e9db365a1ed613a9ec692a7861ed416b409108bd250',X'd382a4b382aafb7994cc18685c6f105378e05c06dda6ade10cf0c14b7cb4e723');
INSERT INTO record VALUES(32,1773997200000000,0,'contractor_telephone','1',0,6,X'b7b4ee539b37d642446b3a889eea37510639797d993c792c6a144d17355504b0',X'a6b524f52933ff7734c2ae4bd12970be7e7640158cae58337b3af9959a09e8fe');
INSERT INTO record VALUES(33,1773997200000000,0,'contractor_iban','1',0,5,X'5b088e44a9afc9f15deee2e64ba15f7a811d7f277363aee0e21aef5815ae1e1e',X'5d7a91413b638d116703de9bfab01b98ad0df621407dc2d303f016412540bc7b');
INSERT INTO record VALUES(34,1773997200000000,0,'account_confirmation','1',0,9,X'50e60c160b7f2d6e4aefd1bc4c250d21275263472cd1a27cc8ebaa17eb11a8ef',X'bd3474aadca3070fb011de230deac3fa298613304108e28d1673f3cc4c7eaf55');
INSERT INTO record VALUES(35,1773997200000000,0,'payee_verification','1',0,8,X'b0ade792bd1e599cd41cd02bc53451e76ece7d69cb764808206bfb7d09a67406',X'ad56c86615c90855581a1a1c27592480603e0cf38b14d7c5446d3c35f63c7ae8');
INSERT INTO record VALUES(36,1773997200000000,0,'waiting_lift','1,5',0,4,X'2170623d45e15553de9ef4c47bc928ed739ccfa3838da0ccf756f1c39acb805d',X'7eee5602a7ffac12650864672d9ec580414f67400a9356137133ede0f756495c');
INSERT INTO record VALUES(37,1773997200000000,0,'waiting_lift','1,6',0,4,X'2cff9d55815269011b8fcdad368ca8a20c65d00c4124adf7172ebedee53c4526',X'f8655bfa376994686701ebc00cd77bd26e15cff6153f07706be4ce684754a5a2');
INSERT INTO record VALUES(38,1773997200000000,1,'account','1',0,4,X'63cc83b2cfaced122e5bae05f6827ab9f43777821b295cfce80ce2d3da23b677',X'5672eec684ccf1bbd1db57c4fa4f66fef1b27e34c229afc6b580fbb7fdc4a6c7');
INSERT INTO record VALUES(39,1773997200000000,1,'account','2',0,4,X'ee62718b4eef2b5d54a81e3d72bd3a65bd865fa79976fe4a7955c010ae0abc23',X'a2ef6457d210c902a89e9ccd8d592898fa92c603e4ad6a661daee8122b8de81e');
INSERT INTO record VALUES(40,1773997200000000,1,'dossier','1',0,10,X'adb4379fb7ad0f491de7034899f69f1b505ee1a0c245578085d439976fad7e61',X'b6f919ede061d8e4a33d526d65ea658e6a032848db45809ab443f813fa68f408');
INSERT INTO record VALUES(41,1773997200000000,1,'dwelling','1',0,9,X'0e1f2117f3b41ddab9a1829435f001d9c08a48cf17dc1fe0cc886e4b6f3f544a',X'a08728ad0bf2b058185a1491f43ed3bd3f06bf0fb77f13b4d584fd2faad5e48b');
INSERT INTO record VALUES(42,1773997200000000,1,'household','1',0,6,X'26b8889f637b54688df54cfc967fbadc620da20309cd12befdf44a19b67fbd33',X'172e139c6e1f07dcc53eb81c47e9e344ee5404f1c2ac8f60f0369dc91b339d22');
INSERT INTO record VALUES(43,1773997200000000,1,'dossier','1',40,10,X'1cae515c5c0bd50197018999e8e5b6818b25cf3f8fe70fc9feedf5900a1fbb7b',X'4d21c9717d801a0421e9f40a3e5330b52b52a83e759e7e691ca062b14a05f243');
INSERT INTO record VALUES(44,1773997200000000,1,'quote','1',0,5,X'e9836ecd2810591ec17aef80424af56ba8e928836de5ee1918c004f9c4a24f6b',X'e25b56dbd3a9834a8bee6c7259aab56a3729f7c0ce2b697238f9dec7ad5adb3d');
INSERT INTO record VALUES(45,1773997200000000,1,'quote_line','1,1',0,8,X'592c899a3260c93846baacaf24c505dce920d007755daa6a032d21474822d6d0',X'46f6f403683d16b5eaa99571906c96fa5347c0848a522c9ebe2fab66ea9eea70');
INSERT INTO record VALUES(46,1773997200000000,1,'plan','1',0,14,X'3bb095798aa7da1642325f60f267b3db24d36c16d567bd63c2109498b0cf1a83',X'b6e481272ee338660256945557bf99bd6afabaf69a155a9c2b07bec3ebfcbb2b');
INSERT INTO record VALUES(47,1773997200000000,1,'plan_aid','1,''anah.mpr_accompagne''',0,7,X'4436d1e17f056645c649b69585a4a3247f7fb6f7022c4b622775170ee402879d',X'e545bee88260f680ee4f9b94539d6fbcf76740eb1a89dd21c90394a689535caf');
INSERT INTO record VALUES(48,1773997200000000,1,'plan_aid','1,''local.region''',0,7,X'4dde2a55ac7943398df959c762e5611a0cb124e5cf16d78c3a4e69ddcfc76548',X'4711c83f52813154364cda0a4e47d92121fbac441fd7c898f280b8628d774b53');
INSERT INTO record VALUES(49,1773997200000000,2,'plan','1',46,14,X'50c9d66708e86bb0e9866ce071dcf016ed2c667e7dc46fbe7fc9d4e148ad24cd',X'f7329da519bef42204a7eb46906a57349c27bd87a974999ee8bc2818153eee4c');
INSERT INTO record VALUES(50,1773997200000000,2,'mandate','1',0,5,X'8262ab7d511150c29547959ac1fe54063bc8e3c7a4cd59e6f0bdfb4f74611607',X'7ab82c27dd327417060b42e0bdec3c90e7b8780ea07b6d3a87162cfaf7bc02f5');
INSERT INTO record VALUES(51,1773997200000000,2,'mandate','2',0,5,X'52f571d7a8bc969644b291a39f2c0eb4f5b30630a6f9b90adbd9f77c14b0dbc2',X'c224a6d8596665d7696f0f1afedb5ec285230f8fc80f5864067954fccc25c4e1');
INSERT INTO record VALUES(52,1773997200000000,2,'funder_grant','1',0,15,X'a147585f91fc0e4f3132edceb19dd57766f3713fee0fb44a20a5b3191b9364c8',X'39e226983bc5ad9b280fdc6093a202d752536967272aa431cae8636e6cd710e4');
INSERT INTO record VALUES(53,1773997200000000,2,'funder_grant','2',0,15,X'c52bf905474986f4c2fa75eaad9877d144eac40f909df914650577da628da027',X'3af49cf4ef3411d1899f847d2470bc2e555292185f680674771e99ec28f914fa');
INSERT INTO record VALUES(54,1773997200000000,3,'account','3',0,4,X'c96dc0cd70c93d01d51fa655c8cc8939d29b67ac56c6de23810f41683adc4245',X'38e3dc3fb4abaffa6ddd1624ce5d98cc382f8ff33eed2ff324d515c08be33b88');
INSERT INTO record VALUES(55,1773997200000000,3,'account','4',0,4,X'a2fbfcf7b09360c1b0ab8efbda9aa8b4a903e2b700dd9f8e95ada3623a099be6',X'7affff596ef883af954ee75b779d7638fc0f71a760f75c1b0405a0faeea28a0b');
INSERT INTO record VALUES(56,1773997200000000,3,'funder_grant','1',52,15,X'5aac551d0f38060b35464693b7c9c04df1eac5c0421235f7992829b8163af67e',X'01332e304744120aae0f04ec71d552ab956dcf0fc3d2e61ef4e57b22e7e062ce');
INSERT INTO record VALUES(57,1773997200000000,3,'funding_entry','3',0,4,X'a918406603f435eb91229b747dca80b9132dd15daaa6cb964e3dfeb5b198c697',X'3362de4f08a042e195a78075ebc2bdcefd17e8d4f7fe2df7923c31e4b1826592');
INSERT INTO record VALUES(58,1773997200000000,4,'funder_grant','2',53,15,X'9ce59d324706e23aa380e7f4ea6fbb6626efbe33599f50150d89aad10ee6cfa7',X'83037efe1dab3ccc03cc3a6e118dc7be89a84eda5a1518aafef721abdac089c7');
INSERT INTO record VALUES(59,1773997200000000,4,'funding_entry','4',0,4,X'bf3f59e1efb0fb7148df27c5d21d2d3201608ecca1be319062710a8bae94c76f',X'f7b984df85457185c40d62ccfaa4a6560a72ef15664cfc208c2bd67a034a7f3a');
INSERT INTO record VALUES(60,1773997200000000,5,'account','5',0,4,X'9fc0bdc00613a7e528d07b6278a0172519154f158ff17352b0488da557512778',X'2edb45d7c2800c1ddc5638969ded79cd56b01a12910713af18dbf66a5948ebb6');
INSERT INTO record VALUES(61,1773997200000000,5,'account','6',0,4,X'b1df4e600dc1048ecb6d36ebca24705fe3e07fd722de234a3654cbe1ccd53954',X'68c8f46bfc90e7d3f3f9a0584dc12a34dfae996b1a119c162303bb03f4f1a049');
INSERT INTO record VALUES(62,1773997200000000,5,'claim','1',0,13,X'ce29bb15e79974f79d01d8af7892f82e5b01dc12618365a7300552f9a3a1ee26',X'a66101b2af3c70dba4f31b041edc9d31cfdae957e977009688c7ef29f33d74a2');
INSERT INTO record VALUES(63,1773997200000000,5,'funding_entry','5',0,4,X'ad7e27297b5477615ae87d5719ae0b2e35a1e215248663896cdfa651f35513e9',X'd8313f2fa70f62df03cd405adf28dc1784e10c0a7ac3b74a20c09492d6a85c64');
INSERT INTO record VALUES(64,1773997200000000,6,'account','7',0,4,X'17bf9cd0682a2fe4e3e5ca70777ec45bb842d8be8c217647c5c1214c73887c98',X'2a438544df08c19e424157a7bface57a95e4ba5e8e25b8a6a665e3864dc4596f');
INSERT INTO record VALUES(65,1773997200000000,6,'account','8',0,4,X'3ae0502dbc2e6ee94b5d1f9a12d230c865919b9d7af84f3529580f0e0bc115dd',X'0128fe1f9fc8391da4b7ab97a50707a59de2dd796813ac3dc700e9598d6d2bc9');
INSERT INTO record VALUES(66,1773997200000000,6,'claim','1',62,13,X'036067395521f95fd3cc8eba277b48e509d002528b88111caa5304fe0f222a2e',X'50663bfd91dbe550718c3d3bbc2801bc53ef69d8a8e2704d270b5ae4e16cb09b');
INSERT INTO record VALUES(67,1773997200000000,6,'funding_entry','6',0,4,X'6e3a53d0a84077d68dd02660362e672289ddbb3b43f9bc7e42bae94f4b8b2b54',X'7e5e12f7e3615f0b821337c32f52fa1d5ba4f1941a309e252d8cd6abd07a8431');
INSERT INTO record VALUES(68,1773997200000000,7,'claim','1',66,13,X'b03e00ed06f030cc76a06358ddc89b48a8e0eb695e2fe2b81d218a67a92abec4',X'f1dae13da7253165f15b8687f3ce8e730ebfd921825d90fb1720d995d117bb8c');
INSERT INTO record VALUES(69,1773997200000000,7,'funding_entry','7',0,4,X'2b3d7a2f342fbf65ee6b5d36738377b70186c41894285009754b1fc53860c81f',X'456cf2644843563304ee2cc0364a0cf2ee791f1412abc796e3366bae1a65c4f7');
INSERT INTO record VALUES(70,1773997200000000,8,'account','10',0,4,X'b066734939e9953141b7c395bcc8219ee3b6e3872d70fd1c2c862d13d405f4a9',X'bfdad3564a3a6e8c310a03e5169ddf240678abec1f2f6c0cee3da539f1159e5f');
INSERT INTO record VALUES(71,1773997200000000,8,'account','9',0,4,X'f6f74653608a15ec7926040c46a8103632a18820b8d708ab033e91c16d3c04fc',X'207a7280980fa9bd5f47f21b6bf2abc8a53def78edf8fa90d4d8a3a3d2a83d39');
INSERT INTO record VALUES(72,1773997200000000,8,'works_order','1',0,9,X'05d5879c64502d6609bee53aa4156e4dc8026956eee4b303f62e185d06c8c67c',X'7913127c98cd8c6ab31e2e34331e9285940b66be6da7c0e6f352119c3061ccc2');
INSERT INTO record VALUES(73,1773997200000000,8,'invoice','1',0,7,X'a0ff7474f11999ceff0285eeef1d0a65aa55ff6b4a755a72207e4c9a80c71ead',X'2c53ff3207bf24d1473c22fb82d07874df383109f4e0e9d122d4f5ebae4929c4');
INSERT INTO record VALUES(74,1773997200000000,8,'invoice_line','1,1',0,6,X'65231d9e209feffde1ddc0527226b79a6dd4598f5e94eb54ee221d18fa709f67',X'8009b98427fe1aa879f403119f21529d01f3b2212b7a4bc051bd18af6bc99053');
INSERT INTO record VALUES(75,1773997200000000,8,'acceptance','1',0,4,X'3424cdc0f4487d8bde1fe50954ae037917e772f697d909f839bea50d22d6292d',X'd4c14252974b9953912652e69d7dc006b1e75bd82d8fc44fe02d4db1ac56b515');
INSERT INTO record VALUES(76,1773997200000000,8,'payment_order','1',0,16,X'352b7119d74196709a658b1e950a9af82dc6212b6e72f362414c480f2026c0a4',X'5aaf9c909026c65321469425b7dda4c68f8c721ff53625373df8c3fc38208cb2');
INSERT INTO record VALUES(77,1773997200000000,9,'payment_order','1',76,16,X'507c4b4bf2b566cf146ec74a34ca0d5e2f01a98e742770fafb3071fc454400c5',X'c613ba2ddec74ca3c7b655f6947a2578c7f8f5d001906c7c84825d5510366f5d');
INSERT INTO record VALUES(78,1773997200000000,10,'account','11',0,4,X'd6f5dba027d53f212d70da1bf675bb4e3f9e1d603f422b2068977d1969c6580c',X'b77edfb7d9269c61d82f87a5b9048ebbf85e86ef35ab11c98ba9badd51241366');
INSERT INTO record VALUES(79,1773997200000000,10,'account','12',0,4,X'e71d353144e28b38f0a672ee03f22337d60445a9184b7f10a723922c4a754a7c',X'e47eb40b0080fbf958fb7c40ea121a9d182ec24fe0250a6de4585490bfa12eb5');
INSERT INTO record VALUES(80,1773997200000000,10,'account','13',0,4,X'c5750836a007b3415a8cd604a2d6e933161b2b028b73545b639cba0a24888b26',X'451e10fbf14e1556cdf1cb384d6ede876a6dfbb276f0beefbfff1a73ff98a9dd');
INSERT INTO record VALUES(81,1773997200000000,10,'payment_order','1',77,16,X'2dc6cda3a0341e14e61e936aae6f3e21d972fe1a747279929299048980b338cf',X'163fac29d373294d9093745d2872819d377a23ac515ef5c7502c715cd041d15a');
INSERT INTO record VALUES(82,1773997200000000,10,'payment_order','1',81,16,X'43610a9055703555e284b25b44e8f41b8d9ceb634ef8e9d467afcef9f45689d0',X'0e250b06637021f26cc35a5413ac007282e591852b2b99e32687884bdd225708');
INSERT INTO record VALUES(83,1773997200000000,10,'transfer','1',0,11,X'298b065a8aa5fff86d7e47386541f2f63f887e117d40a48d5db96f51b6e0f60a',X'9a9de19333721c8ae71abc4c1322a898461bb72e2b35dce9b73574721fa3df41');
INSERT INTO record VALUES(84,1773997200000000,10,'transfer_file','1',0,5,X'2fac5871799ea70f0a51ad13aac4396d4ae417fa87d4f547227807a0c74a3d3c',X'1b7299aea1fb62cf64b864f0696f93c2a7a53f596979ea80ec34b1f7e92746b3');
INSERT INTO record VALUES(85,1773997200000000,11,'payment_order','1',82,16,X'e67dd39f3c075ad61e6280094ee1807212ae6cf71ac3d1d8404c51dc4dc712a3',X'7a5ca62a367fc0f1e96f04758c07977cd1fcf4807b97b497f27e472043cc552d');
INSERT INTO record VALUES(86,1773997200000000,11,'transfer','1',83,11,X'291040c72a89f8b3ed699df1f8e7717057b70076057916eb7022d9b8af515ffa',X'4dba922bf2f0d0b7792bae0ef2d90d3101a133c1d0ad3032f3bbc7c77bb7661f');
INSERT INTO record VALUES(87,1774083600000000,13,'answer','6,''answered''',0,8,X'effffdb3e3d507068eaf7cb29a44b286d0b7dfa9b435e45cd0aa5867de31d4d5',X'cfc90551dd0302c27eb466e65ab50446694a6b135d70c3fa82612b3482e7a2db');
INSERT INTO record VALUES(88,1774083600000000,13,'answer','6,''answered with nothing''',0,8,X'8a7878045f9ef75467daec1b9ff10a8fadaa05dcd525b006982ace78e2f039ed',X'362fe60bd7e1c0ab8c4bfd27eccc2d6fe610845bb025b73574c6d9cf4328b11c');
INSERT INTO record VALUES(89,1774083600000000,13,'answer','6,''answered é''',0,8,X'825d88c6a517ce3f9c505e39c84741362a4e75be6bf16255a9fbc7e20c2e5701',X'914284b07e8c33fb2bf904c85757760c722488a25f9ad0c728cc055b0118bc5a');
INSERT INTO record VALUES(90,1774083600000000,13,'answer','6,''refused with facts''',0,8,X'96f6379e85fce23c159c88cab131ec313c9bac9ce9c7e0e6d18ac134646587f9',X'0de973999bddbae91f0b6251af82a407b61313a32b4f3905954686590ebacc5f');
INSERT INTO record VALUES(91,1774083600000000,13,'answer_fact','6,''refused with facts'',1',0,5,X'c4a96140b54372fb9c7a364672ff5846ad799aa39a72bccbf03b3cf02196b940',X'0cbfd5b7f85e0525bd4fee663bf1e1ab49747372efbe4b6487dc8765879e2ff5');
INSERT INTO record VALUES(92,1774083600000000,13,'answer_fact','6,''refused with facts'',2',0,5,X'106b5e7d52205e69eca71bb9df9775c6c0f9c083d6d80bd2c704380f720a2246',X'99a0a22fc518303f48ff535b8983268276a08892a6209bd3a6fd94ff333153bd');
INSERT INTO record VALUES(93,1774083600000000,13,'answer_fact','6,''refused with facts'',3',0,5,X'20b12c2d6dc82a29b2045c440fbd176648d508b72de215a6152aac4b0b2d9ed6',X'8b35a7211d21011ded0a394bf8084c0af5a308619112284fad7d73d0ffde7b15');
INSERT INTO record VALUES(94,1774083600000000,13,'answer','6,''refused missing''',0,8,X'46482c0cd17548529be1cc4cb383fa63b7ec71a1b0bd6fc94c297454f15b12ba',X'366ace31ae444a878629bc969eacff06f2a3b27e7f54ba41369ffdb2dca4246c');
INSERT INTO record VALUES(95,1774083600000000,13,'answer','6,''refused malformed''',0,8,X'7d361286e4365dc9f3f132d8a23885fc5130029a94f79e023268e30b9c1224a7',X'ab5dc2ae5d2c1eb70ebfa6fba2d6d497276d631989e6448305df8f84cfabc48b');
INSERT INTO record VALUES(96,1774083600000000,13,'answer','6,''refused out_of_range''',0,8,X'77014cf348c14526f83bc35ba4d9ee48f8594576669ecbd4ef5dc923d58f045e',X'2a0063d0c2b4383cedafce5e6b944d21ad102ae865602efe3d31fbb29de3535b');
INSERT INTO record VALUES(97,1774083600000000,13,'answer','6,''refused unknown_field''',0,8,X'3acbe071f5df868d25a61888b11f098d13580d772543e10002efb79d6943b4a5',X'41199f4ef92d73bf08ac5c9c16b860576eb267f63a3fd5f24b63421240deed96');
INSERT INTO record VALUES(98,1774083600000000,13,'answer','6,''refused duplicate''',0,8,X'b2b8b73eb74d389e84faa279c0f52a75dca8cf628c81b9888c38475516e4bbc2',X'7f872603b12af17daedad64a70e4cafc70368e95feebee146ded5b4b296d3869');
INSERT INTO record VALUES(99,1774083600000000,13,'answer','6,''refused not_found''',0,8,X'1787e6d45b92615b439393452cb126b17f2456ed7b24df9d4f889c8475b1b316',X'da041161342c0e52f221c8289947ef2fa0f81a5f97f9ce74a5a356c732c9399c');
INSERT INTO record VALUES(100,1774083600000000,13,'answer','6,''refused json_malformed''',0,8,X'322991de1fddc95e5561d8003a4638258c56920fb5f065b67cacd5c24e5e843e',X'6206287fbc797ad8a2d863362e0d8e13feca484ed28543c61f6f008314f53048');
INSERT INTO record VALUES(101,1774083600000000,13,'answer','6,''refused text_invalid''',0,8,X'd9457619b80bb7d4bf49677a105782d1a6739f2d7b717569909b2383d4fc14cb',X'95ccced4c65b950f8f146c606c2c33ee51845e8b3014c0eceb62c44b4b99488d');
INSERT INTO record VALUES(102,1774083600000000,13,'answer','6,''refused date_invalid''',0,8,X'4e23137cd2a6c89e5d01779b5eb972b47fe91dc63791a114fa1703c4a7ac72fe',X'b78f0568b43a214bd425a37f1f049a51d0a69f25a032a929f2b31538581af525');
INSERT INTO record VALUES(103,1774083600000000,13,'answer','6,''refused amount_out_of_range''',0,8,X'075d19783a7ed1cf4454a3001155bc8bb3af8f800464179c8d11603a152732a9',X'a16945d92e94d0cbebe94e99ce7fc4949feb0765a20db0c4aeff387519abb53b');
INSERT INTO record VALUES(104,1774083600000000,13,'answer','6,''refused amount_not_positive''',0,8,X'b0236e81c61feca7431d9ce0bdba7b18ffed417ad3a6d563ce7680a48d0d7e61',X'2ffdfc8614eaf84435ab7e479015f94899b2983addd32882625f1948d7095daf');
INSERT INTO record VALUES(105,1774083600000000,13,'answer','6,''refused iban_character''',0,8,X'b4a74574321f4bd2f43b90e1ff6bbfead54e898fc43ee181f81878351b940f94',X'c45067f767491a2dbbdee08c44a5fca8e2a0206291c88a190432b7a6e9cbb91f');
INSERT INTO record VALUES(106,1774083600000000,13,'answer','6,''refused iban_country''',0,8,X'ff0c331570bf3890a85de892c87ad8fc39bfb65a162214ad5035c8bff294b519',X'9362599bb7e7563519510a98147b924bcf9b8c279060f33308cfb94fd2a392af');
INSERT INTO record VALUES(107,1774083600000000,13,'answer','6,''refused iban_length''',0,8,X'd95ecbef58abeaddac73c7ed52a3f41c2b1734e68e72ece1f8e3f6292c3b9c40',X'693d506345555eab1a5c4d14f58df63571ea486a9f619dccb57c33b80cb9994f');
INSERT INTO record VALUES(108,1774083600000000,13,'answer','6,''refused iban_structure''',0,8,X'd2c71bf6613d9a71fd3d1da32bfa96f20b029674033b80920340798005ae4cb7',X'2ebfb5a53ecf2cc248383e26fcffd38e6823caf7709075d9498ff414c2377e18');
INSERT INTO record VALUES(109,1774083600000000,13,'answer','6,''refused iban_check_digits''',0,8,X'ad6572d4688a1849c10093389bcf100ecfb9115f5bea1a7465aa0da5c6e999a6',X'b990fae9fcca06341155138e882cf3fe639ef536207a3b7311afebc876381149');
INSERT INTO record VALUES(110,1774083600000000,13,'answer','6,''refused rib_key''',0,8,X'9780e484fce6f7598e2bbec028462acdb0e6cfd48b182f525d0ef21436fa13b1',X'28db66c1281ee011d544cbf85199c05e3f8f69feadbb68132e3bf1d775c10bbd');
INSERT INTO record VALUES(111,1774083600000000,13,'answer','6,''refused siren_invalid''',0,8,X'd6b71b4532f213525c9e517bfc4442f6d7792cbd7144a6731752bf3c6c2dd723',X'454aea2164916b1dbfacb4c614c3ce2ef00e7c95ca0d3f37b7eef6794120aed7');
INSERT INTO record VALUES(112,1774083600000000,13,'answer','6,''refused siret_invalid''',0,8,X'550df1bb7c5c27c177211a4ab2a0cf9f37753f234241d4c0de9bd6caed6700a9',X'27a54b61c719343c2437e80404a76d6189c02a4f9f8d46cfbac95d7fe87b2146');
INSERT INTO record VALUES(113,1774083600000000,13,'answer','6,''refused insee_unknown''',0,8,X'9f7a687544a710f83e09c2df88891be28c771ad3a4d346c0909f469afd1690fe',X'e6de889342295dfbe3e0e728f3f83a0b85f1cfea18b45242c78091fe44d9feb4');
INSERT INTO record VALUES(114,1774083600000000,13,'answer','6,''refused rule_syntax''',0,8,X'3dfbe723506310da71e50d83cfd50cdfb893d9971072c5591bb75be73375e86c',X'906e4af7efcceccbb9eda2ee33e4af9c6207f43ae83fb4cef5309e716e4c7225');
INSERT INTO record VALUES(115,1774083600000000,13,'answer','6,''refused rule_meaning''',0,8,X'21bc7bf99a5e80a0e00bca4fc10d73cb1ec4c7cd531f8aa8f9720b2183d1bff9',X'a1d631ea71165c8ed792e7b75a45e93833a6e551b042fcb05bab1a2b17db42fa');
INSERT INTO record VALUES(116,1774083600000000,13,'answer','6,''refused scale_missing''',0,8,X'6b717c8a645c1a26a0740465570c7df8adeb299d1312c97733149d50136eb681',X'b2465050166af5614362b9f283e1640bc86aacaf0af66fa964e2223441471c91');
INSERT INTO record VALUES(117,1774083600000000,13,'answer','6,''refused aid_unknown''',0,8,X'14aa210c36eee3b42cb3386b69082e9c44a7f0ac1cd0bbdaf1006ae7ce5cd40a',X'6b53d067a8023a1d0ef4f9dd953fb4b5efd6586cfead7787581cb60f270cdd8d');
INSERT INTO record VALUES(118,1774083600000000,13,'answer','6,''refused reversal_grid_missing''',0,8,X'8d7884136bb5befa0cba00f30aa42f6e8e6e4c361c5ec0bcfad6e8c83e49d01e',X'53dfd775231af970bc7f486ba6fe7da9083f61983b7f3ce349f39b7140827e20');
INSERT INTO record VALUES(119,1774083600000000,13,'answer','6,''refused given_not_a_grant''',0,8,X'81ae6c559c08ccae5053d5f3264c30e3afa7b9f5cd29f62503c099c0aaa290bc',X'5a05287df1dbe41b6a45bd250f2f96dc19c1f9b1a723afcf74278dfc91267479');
INSERT INTO record VALUES(120,1774083600000000,13,'answer','6,''refused motive_missing''',0,8,X'df43fba4af558df43b598ee77944ee42e8ef6610c09d28d72f947ff2c116187b',X'7598dd14459e475a48cd4d44f6210c7d3d855956061c6fe15d8093dde53a45d9');
INSERT INTO record VALUES(121,1774083600000000,13,'answer','6,''refused file_unreadable''',0,8,X'b9ee44cd3977b9cb63dced32cbea80b87bd714907408d5c352b146e48fd5cde4',X'73b6fa3b29c024aff717b6714e88f2c887997f038e94ef30a71884ceaee4508f');
INSERT INTO record VALUES(122,1774083600000000,13,'answer','6,''refused time_stamp_invalid''',0,8,X'0b19e4cdbddfe0f9d8e8a955e32350b6a59bc545d04b6df4b14269a844a6f56c',X'1bd040e16f6e2e793c5b0b92fde63fe7cf80e4aae4597d0b1835fb5857ca2c52');
INSERT INTO record VALUES(123,1774083600000000,13,'answer','6,''refused xml_malformed''',0,8,X'5048e78aa6cba74c2643da081462b188cfa34112b8ec2b61421396644486cab6',X'198f2484744bffbbeb74f59cc4b0b06855afc70309ba9a0d9f1be5b57c2c88a7');
INSERT INTO record VALUES(124,1774083600000000,13,'answer','6,''refused not_a_statement''',0,8,X'6e7c3a70bf6922bf3f95adffd54b3d39f13b12f6ab291b049da6ba84453f94ea',X'd69126761287f855ea0356da80769e04e873e4b40d6dcb459a5619d7c19c2683');
INSERT INTO record VALUES(125,1774083600000000,13,'answer','6,''refused statement_damaged''',0,8,X'9fc5b437fee22b5ecc2f45caf77a7442517032abbc8df18232cbcbf15f9aea45',X'2f41697f6d65c1a33c5c8027ecea805ff2178bc0bb7728d638e15541d5e385b6');
INSERT INTO record VALUES(126,1774083600000000,13,'answer','6,''refused statement_not_bookable''',0,8,X'24683837bf8794c3785088b261a1f340b2f165b75d3bcc048a5692d124667170',X'b15b875abda7cb185133b65963cf5c350c808f87c214796b61234bf386605a02');
INSERT INTO record VALUES(127,1774083600000000,13,'answer','6,''refused statement_not_final''',0,8,X'eaedb8294f2121dd47dac5b0b269f4ec441fd4aa998b8b39d481d77ff207295a',X'aea072f1e2c1f295c08227a022a7e05e7c589fa2d06cc16768cbb0465b0c04a7');
INSERT INTO record VALUES(128,1774083600000000,13,'answer','6,''refused statement_currency''',0,8,X'65a46a4f2899d197e55a546d3e0b6fabf3d919b46f757e610c352d838e636190',X'88151c0c30cbc3907cae0424106aa35f25eb451121400c2a82a0ff05e4020f52');
INSERT INTO record VALUES(129,1774083600000000,13,'answer','6,''refused statement_balance_missing''',0,8,X'6dd0dca5780896c43648ad7fe346a9b5fc42c9f4bc97f7cc63094da6fae01cc6',X'54ee19035ee009abb20beefc32078b2d9dd1967b27b2b2503d637c9f429ff363');
INSERT INTO record VALUES(130,1774083600000000,13,'answer','6,''refused statement_balance_mismatch''',0,8,X'caffa163c50d8b5980cd23b9f8a0981e8d735d4f757407e495475da06473e5e3',X'762e1d6de261b657eab872c404a4d4b98cf566a477daeeda1af7e57b378ab4f9');
INSERT INTO record VALUES(131,1774083600000000,13,'answer','6,''refused movement_details_mismatch''',0,8,X'22a0323cc62c19bcfe11f03b09bd6985ac8f9e0e0fa656253e41ecf07efdd22c',X'feee4e46f1fe15dd2a9a3515f3e93a5543314b08af9f6872e4a68740a8416c6e');
INSERT INTO record VALUES(132,1774083600000000,13,'answer','6,''refused statement_account_unknown''',0,8,X'84930c7d207ec8b2638383620a023dbffd5135de055acf77c08c81ba3f6d90e3',X'5b95327b0387430b8e8f8ee17145041a7ca7def29d05b1ed9cbc1136a4f0ac38');
INSERT INTO record VALUES(133,1774083600000000,13,'answer','6,''refused statement_already_imported''',0,8,X'77a045017e573068b72d662b0fbb278d17f23e506b0e475c7f8a38df227a7524',X'63ec290e8ee047fc50d1e8abd8a3fa60ba1430b308e3aedcae4564277a362e4a');
INSERT INTO record VALUES(134,1774083600000000,13,'answer','6,''refused statement_gap''',0,8,X'fde78f0100504c920a33223e799eddb5cdc106861000bb16c6fe66a974e9a615',X'20c027d43bd4088f32289e0b502c5bc6d2c5520cae3f8d1e92b679640e7226bf');
INSERT INTO record VALUES(135,1774083600000000,13,'answer','6,''refused data_directory_locked''',0,8,X'92976c49a1c88c012e3fc3b8b787e6a03a0c735e61bab64fdd03b3989b93f592',X'16ed5fb8ef2f1fcd750ef8359315a464a50e6328908caa5481ec117e01cdd869');
INSERT INTO record VALUES(136,1774083600000000,13,'answer','6,''refused data_directory_exists''',0,8,X'd3c89863dc214d4c53a2cba3d7dad60e2b3bf541625b76fa26c625151f95e804',X'd13a838e7a48e15c6fb4ca892697e6ee9a2d5ff75e770e6e166442babf124085');
INSERT INTO record VALUES(137,1774083600000000,13,'answer','6,''refused data_directory_missing''',0,8,X'd76cd63808aa330e7493bd2adf1492b0dc81d764b9a01a84dc1eff194154c3b7',X'd1292a77357f15755a3fa305cf9ed26c7079f6c197c6e14d09c6f80aaba410fc');
INSERT INTO record VALUES(138,1774083600000000,13,'answer','6,''refused backup_exists''',0,8,X'0a071c1c5410a150f982875f237f95d918775e74b376ff1ccb9d41bd250eb3ef',X'f731f9d7e8f756a88a0350c48569760e9a4099315ce863a7f389b4b8e29c2f60');
INSERT INTO record VALUES(139,1774083600000000,13,'answer','6,''refused backup_unproven''',0,8,X'5e79f82f088807bf386b0eaed1c2f5e55db585b778ea09e19f939f8b392e3886',X'03e1265ab70f151bfcf8e2abf062cfd0c28f1e81e7efea1896a951dea17557d7');
INSERT INTO record VALUES(140,1774083600000000,13,'answer','6,''refused backup_damaged''',0,8,X'b41c430cf814ba01be7c4e58ddad4713d45344e800c83fc0cfc42f85216700be',X'249e440c39327af7f0f1992fe2acb38c6109cecb8089f651e450d2955548016b');
INSERT INTO record VALUES(141,1774083600000000,13,'answer','6,''refused key_reused''',0,8,X'822a8bfee227f3b594c524c443a5741744f271ad04dd3df35d4641fcb964036c',X'671ccafefd3ffd993edf9b3cba6df7ebf7529a1837523d30dca7810990b548f6');
INSERT INTO record VALUES(142,1774083600000000,13,'answer','6,''refused version_moved''',0,8,X'288c84810bba61642befecf6141d94d8b5a813206db19423a15613cb04f6c44f',X'6be1c33b35613c672edb9474702e5e6794b18683df666b947b3e9dbf212af260');
INSERT INTO record VALUES(143,1774083600000000,13,'answer','6,''refused state_forbids''',0,8,X'791786b2d95779ae4c810659687683b417da13b6aa838d1b72b01ab6e46eb46e',X'1c4588feca1382af21eba97291399e781d42a7d502a1bd995c42b4062ba195bb');
INSERT INTO record VALUES(144,1774083600000000,13,'answer','6,''refused role_missing''',0,8,X'0e1255f422e9d20d72b390a8ac2c7252de093f9e1ee6851f10886c4c8cfc5e78',X'55d160ac36ce957261bf57ef190e6c39632869b9b54c7d453adedaf9d6056906');
INSERT INTO record VALUES(145,1774083600000000,13,'answer','6,''refused same_person''',0,8,X'b669469184c5fdcf4f5bb7e5e7f477b131e13eb53d87dfdfc2b5748d6a1461df',X'09a6099c42533f1cae97d7d51a95dcd2c5ffc71aaa8b03ec6aab2fe288f2ca72');
INSERT INTO record VALUES(146,1774083600000000,13,'answer','6,''refused gate_closed''',0,8,X'b4b2915c8d85756621b4ff979dbfa7ddef616898139376a4952b02f0b64c35c5',X'eeef44405f136881fccf1f69c80824e8aa94d89db1765ec760c19443d61aea63');
INSERT INTO record VALUES(147,1774083600000000,13,'answer','6,''refused order_changed''',0,8,X'77cd7d11f97865d4323151421dd5b08d3250b2cdbb34304a51e485721eea3fa4',X'0ed22a787d23d135f0692088f71ef0ec503cb1ab85182830ee1f37f3b3065c0e');
INSERT INTO record VALUES(148,1774083600000000,13,'answer','6,''refused balance_not_nil''',0,8,X'fa48638981ba44ce4f3841a9b4747b0e7de36a3e0e4dfa7519e2dbac39b7ff28',X'ff869450db8b136d4621fcb18b74ddfe162dc445ecc51bb6fdc16d7f8cd794ac');
INSERT INTO record VALUES(149,1774083600000000,13,'answer','6,''refused over_commitment''',0,8,X'e4e05b921a10a6ffea9ad6986db10b5868299663a37f0412861af17e81e377f3',X'47ea2b8f95b5b0ae203e5752fd11af27229d6830bd283af4407aa4c894443aa0');
INSERT INTO record VALUES(150,1774083600000000,13,'answer','6,''refused exposure_ceiling''',0,8,X'94dfddccee9288fbbf348fdc2f5ffa625fd473fa4ea73cacaa7ec78092d0cc14',X'31653ab1d7ed6ba458e108325bece8cd02c93705a434b34357ce676508dc2f3c');
INSERT INTO record VALUES(151,1774083600000000,13,'answer','6,''refused exposure_uncovered''',0,8,X'b967559962de6d5d01368e24e6c7d23e2231a8ed22b1b69504b63607a740ec6b',X'c9ba8627b640fb3e323e0e35ded62ba7dcd8b12054f5e3f3a617cdb8602f4b6d');
INSERT INTO record VALUES(152,1774083600000000,13,'answer','6,''refused funds_insufficient''',0,8,X'4ad69a640223a33e59795e75af0c90590a64c669231d6b06a062b3e98d55bf04',X'65700c3014adaa61c7bb4828dcf35fce01a24e5d10e63608a618f7f1c06e014f');
INSERT INTO record VALUES(153,1774083600000000,13,'answer','6,''refused entry_unbalanced''',0,8,X'475165e6055f90bd10736cbd0bc2893c54bfd0a07033db0039bae9c68026368e',X'68bfa3fbf00823e944b40bdf7bffffac07cbcf07d827ccd6f5a90ad16792d8c6');
INSERT INTO record VALUES(154,1774083600000000,13,'answer','6,''refused entry_date''',0,8,X'6ab3c4d09996d826caa622313c27bc21eeb24fe9aa5379f6fb8a3c3cab9dc7d8',X'01ab87f3d7bbeb9d81a3676eff93c915844d3e1322e03dbecf6526536acdf6bc');
INSERT INTO record VALUES(155,1774083600000000,13,'answer','6,''refused period_closed''',0,8,X'e87916918d23a1f904df022bc59274daaf1dd739fc89c3fbefc4b389a568c3fa',X'f6876cf5f5507e7a35a5161948870d0651cb170e2f23a486c1303f6abc910108');
INSERT INTO record VALUES(156,1774083600000000,13,'answer','6,''refused already_reversed''',0,8,X'7fa0e7f2a80acf94dcf3b09ac01836c47b8d74177b2a86ff913c704647084692',X'e46e67e7f502af925b656c43d5f66bae8155f1574c7eb9fdb6df22848ab96152');
INSERT INTO record VALUES(157,1774083600000000,13,'answer','6,''refused transfer_invalid''',0,8,X'26b12d6f907b4b89b8a52fce4f93474180131e497e49aef93ff2e47a35881335',X'31d1157f562d082b99789e0b1e85ae0cf8b43e661888404371da4cb93f8147fb');
INSERT INTO record VALUES(158,1774083600000000,13,'answer','6,''refused usage''',0,8,X'c294f0d1fcc8bbdc52426738b1d4f2a0606c4bf1d4e6958b17335d5bc3ff2e51',X'c4b6f8cdc827bb9d5e618c293e7f2ec1910b25a44996f7ca9314190c32139f9d');
CREATE TABLE record_salt (
    table_name TEXT NOT NULL,
    row_key    TEXT NOT NULL,
    record     INTEGER NOT NULL REFERENCES record (number),
    salt       BLOB NOT NULL CHECK (length(salt) = 32),
    PRIMARY KEY (table_name, row_key)
) STRICT, WITHOUT ROWID;
INSERT INTO record_salt VALUES('acceptance','1',75,X'c3f9346ccd0d7ef741561e77525d7ee71fcd6e74f3e0ed60a9825c3891e00677');
INSERT INTO record_salt VALUES('account','1',38,X'04483be3c5fad2d496a155bd61da83409f032157b580d13eb14e55af4d189082');
INSERT INTO record_salt VALUES('account','10',70,X'5a78b526639c30c481025baef3069baaec11ae58eef14899d7d33cb25e7162b7');
INSERT INTO record_salt VALUES('account','11',78,X'4f1446337bd2eab9fa4ec141fc40c3c97b1d3cfa6121ffaf2d4cc0c2e96f31e9');
INSERT INTO record_salt VALUES('account','12',79,X'3fa9d411b7e69014f6de4d5e58c89fb9f0624556cf210a6a6044ac8b670c9e58');
INSERT INTO record_salt VALUES('account','13',80,X'7430377893b9c3d31aec6ce2259af4b0e3a52e8efa7566260d3d3b742a61dd10');
INSERT INTO record_salt VALUES('account','2',39,X'c6fcd674a0b48137ec2bf12e9a94edce68ffc423ca82263b964d5c95f92ce949');
INSERT INTO record_salt VALUES('account','3',54,X'8d0e780c6edcd7a4d86ea197288601166db3763548b32abc24c748655dc747e2');
INSERT INTO record_salt VALUES('account','4',55,X'936963a24f0404088dfba29409d3c4d3b9aa3714141a671311f00ff46fa8c1b5');
INSERT INTO record_salt VALUES('account','5',60,X'be46a6d4da631d2d18372c4f46ae0a590adf133c5c0e7d76de9cdca61f054b94');
INSERT INTO record_salt VALUES('account','6',61,X'20f81385600c8723c4069fd9d82c65e837770714afae43f8e148a340d5672091');
INSERT INTO record_salt VALUES('account','7',64,X'771039a765f3b834c5bacf41e7cb0478f6010525bb0d96d92a2411929b3f9320');
INSERT INTO record_salt VALUES('account','8',65,X'53186c9e46929a5cf9dabf1f2db1741773c5dd06c50f357d70e9ceaf32328ed3');
INSERT INTO record_salt VALUES('account','9',71,X'1376493fc5846b779201e9aa657d094b607a8771624fe489b2f01ed06355ef10');
INSERT INTO record_salt VALUES('account_confirmation','1',34,X'70aa255d70783596406b4215e3320214951a0337bc51bc75d6e2ddcbe69ff90b');
INSERT INTO record_salt VALUES('answer','6,''answered with nothing''',88,X'992f5eebd59ee4aec67f0e1cd243dbd93b1821f169348908887d024d22bdcefd');
INSERT INTO record_salt VALUES('answer','6,''answered é''',89,X'8f69709d4d804f9ca40424a0d96e5646e1c2212aa49685786589bc3ff41b62f7');
INSERT INTO record_salt VALUES('answer','6,''answered''',87,X'e1e2d2b498240fd30f163a194524273d67131f04df07ac8c3231b2112e5a70e7');
INSERT INTO record_salt VALUES('answer','6,''refused aid_unknown''',117,X'e82d653364044b61962bc9739e2b3237e9e99290c6c00d5962c48156448a4737');
INSERT INTO record_salt VALUES('answer','6,''refused already_reversed''',156,X'0dfd12a0c76b1fe4221e527842196a783fb770b5d8398a85ac6d0daadd254b3b');
INSERT INTO record_salt VALUES('answer','6,''refused amount_not_positive''',104,X'383796d65fafb10dd327bd8bb3dfdd4cb4e85abb85008a1a1da73b5792760a6b');
INSERT INTO record_salt VALUES('answer','6,''refused amount_out_of_range''',103,X'b6d83513b6f858c321656ba7ae9b30e4a51239a7465cb3f78e7b3056649128de');
INSERT INTO record_salt VALUES('answer','6,''refused backup_damaged''',140,X'876f066b50a395316fb471b611b2986697a9001685198e538dcb2e4704158b43');
INSERT INTO record_salt VALUES('answer','6,''refused backup_exists''',138,X'ece018825fb0ab0aba04403d3bb6442cd7efd6f1da2468cc36597622297c8b21');
INSERT INTO record_salt VALUES('answer','6,''refused backup_unproven''',139,X'5d8e27bd9dd759aaf6bb9b92ac7ad387f992c90fbade916629da75c9973729a4');
INSERT INTO record_salt VALUES('answer','6,''refused balance_not_nil''',148,X'2ac352a5974ee6ce9f51d98e35a0283bfccdd1baa07817bfa3a63826eabd80bc');
INSERT INTO record_salt VALUES('answer','6,''refused data_directory_exists''',136,X'04968c9b522d203e6e7c21611723df78775410dd541ecfc0ea0f1aa05ccb4abb');
INSERT INTO record_salt VALUES('answer','6,''refused data_directory_locked''',135,X'b59d19c86333f1aef29f0e9c4e4f7e76c07739708ae042bf25875626de4cf416');
INSERT INTO record_salt VALUES('answer','6,''refused data_directory_missing''',137,X'1ac3116d21233a3157d03a13c939766a82524adb3ec4cb16ed5709a79f23c22c');
INSERT INTO record_salt VALUES('answer','6,''refused date_invalid''',102,X'388cb365b26c09541d7f59225da8bad95c254e5ef223cc6d9891e9a884e1916a');
INSERT INTO record_salt VALUES('answer','6,''refused duplicate''',98,X'644862f8ad9fb1ade7c9416e9e02b300d63002e171c60939c116055f8ecf32b0');
INSERT INTO record_salt VALUES('answer','6,''refused entry_date''',154,X'001f96e1a2062e350adbca3f9f6aafed99500ed3af6ecf0792663a6eeb1011dc');
INSERT INTO record_salt VALUES('answer','6,''refused entry_unbalanced''',153,X'51d8c81612223b75679e6948f7960c304e62f939851f96b37b865beadf23b0ef');
INSERT INTO record_salt VALUES('answer','6,''refused exposure_ceiling''',150,X'2528b7bd1331b39e025bd17a1909f552d13f397d881020f82502d105af284dea');
INSERT INTO record_salt VALUES('answer','6,''refused exposure_uncovered''',151,X'a6361af238199a1462ce1bac36773eb08810caea88179b8404754166017cbeb5');
INSERT INTO record_salt VALUES('answer','6,''refused file_unreadable''',121,X'83bea79c0521d57a46ee30ec4303a401fad32e9755bd14794709dd7a83762a29');
INSERT INTO record_salt VALUES('answer','6,''refused funds_insufficient''',152,X'eb610d8dd26b841a2ae8b0c9c039aa23dc8a8b81ca6a892d94f8de1f445c5448');
INSERT INTO record_salt VALUES('answer','6,''refused gate_closed''',146,X'9fa3f0d4d7012d38554c22ae3cea26a32ed17953353ced5f67d65c1aa756020b');
INSERT INTO record_salt VALUES('answer','6,''refused given_not_a_grant''',119,X'd56f97f4e34d38ac870f0b6976f3ed05cf8f7077a9936dfc6cc6e6e05107cb5e');
INSERT INTO record_salt VALUES('answer','6,''refused iban_character''',105,X'902ff6b26c61011b6ef466f71ec4021efd753a5fb3e21f049e8d8a30d2313145');
INSERT INTO record_salt VALUES('answer','6,''refused iban_check_digits''',109,X'cb6929d1a5a75a79074f28a53cdfa2da02c793e2e73941d0b30bb939cef3d8fe');
INSERT INTO record_salt VALUES('answer','6,''refused iban_country''',106,X'1e8cf1be2c911af8f313260b3a452df0e1a758bce404af321e6d41067053783e');
INSERT INTO record_salt VALUES('answer','6,''refused iban_length''',107,X'd8b46ed5126a63295c926c74ddd607929b7c65ee6f066cafe5ea0b2f190df5c6');
INSERT INTO record_salt VALUES('answer','6,''refused iban_structure''',108,X'7851c12776fbc75a5b7e6eae270e4e129dc9e6240c57a42c6bac9f4c9b004f37');
INSERT INTO record_salt VALUES('answer','6,''refused insee_unknown''',113,X'b639dab46100367386cf0557f35f94f96929d978df7dab3e22b50a8569ca468f');
INSERT INTO record_salt VALUES('answer','6,''refused json_malformed''',100,X'233b057c6055fbf7dc4f2701396e676b399ebff39498f02dc714402149624b96');
INSERT INTO record_salt VALUES('answer','6,''refused key_reused''',141,X'045f7f5e29dccea54013b509c9210e899d91683f8fb369665ad8da5b23319a85');
INSERT INTO record_salt VALUES('answer','6,''refused malformed''',95,X'1fc24cea3570f6a9059defa3f72c846b7689c261097e32768e1def904bf4dccd');
INSERT INTO record_salt VALUES('answer','6,''refused missing''',94,X'4b37743955bc7a8cec39b48a1318d521a629b1f69c989952f80604c3cb872fca');
INSERT INTO record_salt VALUES('answer','6,''refused motive_missing''',120,X'696209c031cf818c91dde0be95a18c07275f60f963e17d26ecf6a8e905c2f60d');
INSERT INTO record_salt VALUES('answer','6,''refused movement_details_mismatch''',131,X'afb575f2037238905874ce1639ac1cb2449ab83ec273353d0acb5f568c240b76');
INSERT INTO record_salt VALUES('answer','6,''refused not_a_statement''',124,X'cd46f178b10dd1ce2120649a982e7bbec5d201e50f4a4efaa067f968cae890bd');
INSERT INTO record_salt VALUES('answer','6,''refused not_found''',99,X'a79c9f62da1d5013d051fba7dfd19519d655c342752bd0778132867e45705ae5');
INSERT INTO record_salt VALUES('answer','6,''refused order_changed''',147,X'ad577581b44302c67716d2687ff980ad9179931cb9527cbb27275c78e3a3f58e');
INSERT INTO record_salt VALUES('answer','6,''refused out_of_range''',96,X'c3b3351dfd83adb1218496765b826fe14d2ae24a1f90407a186e0d9dced2267d');
INSERT INTO record_salt VALUES('answer','6,''refused over_commitment''',149,X'47d24a686a89d34e8084d96d9e5bab2404c73c29a132773f22ce16461c21939d');
INSERT INTO record_salt VALUES('answer','6,''refused period_closed''',155,X'636c6b771196fa2b7828328a4fd8099133b51b7bffec1b8f2d9fcc8273b0932a');
INSERT INTO record_salt VALUES('answer','6,''refused reversal_grid_missing''',118,X'730ed448d7cab798c30c6980e267afcdd67cdd0dd2dfc160086e4287011d6ca4');
INSERT INTO record_salt VALUES('answer','6,''refused rib_key''',110,X'b005fc22da103fa7dc9b75f116f05545d5a339cf84fc82bc1da42ec05545ae19');
INSERT INTO record_salt VALUES('answer','6,''refused role_missing''',144,X'41c4a8d26e22145ecfc010ec824e39dd17c303d3e4022cfa0d9f85bb9c57b2d9');
INSERT INTO record_salt VALUES('answer','6,''refused rule_meaning''',115,X'7f6f9eee473b7b44e6225acd7b7d40a47bb251ab0953723972caad5b0e5492a7');
INSERT INTO record_salt VALUES('answer','6,''refused rule_syntax''',114,X'21a41b164c5dec62e532f2386260278eb3bfa90d4d208d3615e17c73e6f69d1b');
INSERT INTO record_salt VALUES('answer','6,''refused same_person''',145,X'32a6f4572126ca09f6a450b09b02e0d115a96c683e2e539822d41db05a70702a');
INSERT INTO record_salt VALUES('answer','6,''refused scale_missing''',116,X'687af7ae6426bcf2a779ef90148493ca911f3070d92be01a5f3ca815600bfdc7');
INSERT INTO record_salt VALUES('answer','6,''refused siren_invalid''',111,X'4b72312b5b06f27b14f5b1510e8bd4687f2ce58beec17cdbb9cedf6aa7a3f7e2');
INSERT INTO record_salt VALUES('answer','6,''refused siret_invalid''',112,X'f06877ac5c0edca408a8ae3c1ae0b52ccc1668704f1bf54c3529c88f25a4f03d');
INSERT INTO record_salt VALUES('answer','6,''refused state_forbids''',143,X'1f397c6a703d56674af00e15709f684065b7c627a745c5feef4713b7252e61ad');
INSERT INTO record_salt VALUES('answer','6,''refused statement_account_unknown''',132,X'05e41694e57c9f0cac1ec7c93fe5b3a4c98e1ca0836d49bc428c2a61067302c6');
INSERT INTO record_salt VALUES('answer','6,''refused statement_already_imported''',133,X'997d757744bb66efa34ea96bba3f052511ca80652071875c1766a9664bb9c32a');
INSERT INTO record_salt VALUES('answer','6,''refused statement_balance_mismatch''',130,X'3b8b27a8948c78c9976b779e6dc3fbe8b0fdac9a2078a9bc849eb0bdb460f64e');
INSERT INTO record_salt VALUES('answer','6,''refused statement_balance_missing''',129,X'b3b8b811268603079a6b3ef280d5cd6b68064b3eed8fc0fa11aa7f78151fba4a');
INSERT INTO record_salt VALUES('answer','6,''refused statement_currency''',128,X'0ed48003740c916030c0d224d511941584ee1c3a7a600eaab304cc1ea2429b61');
INSERT INTO record_salt VALUES('answer','6,''refused statement_damaged''',125,X'da8225950998c0a2c50b0c67b3ccb045e4aa915fece244b80c7eed52807b3cf5');
INSERT INTO record_salt VALUES('answer','6,''refused statement_gap''',134,X'4b8a62b38560739209a0fcc3ff3e42aba73ccdec8fbc34cda1dfea52d547bc1d');
INSERT INTO record_salt VALUES('answer','6,''refused statement_not_bookable''',126,X'b07568ebc860859093f6d8bd3a538540270e8c0b736602d17331d732dd862fe0');
INSERT INTO record_salt VALUES('answer','6,''refused statement_not_final''',127,X'20be9afc2ae3f5abb291b0172dfce05efd0f2faa18a4608efe001dec4339411c');
INSERT INTO record_salt VALUES('answer','6,''refused text_invalid''',101,X'fa3cad7751f936da6ba0a4043828bc46acabec19be83b0210c2bb678dfe6f0c2');
INSERT INTO record_salt VALUES('answer','6,''refused time_stamp_invalid''',122,X'a3c56de4e1cd4f2d6685655f1fc49c937091889a8a0a2f4d35f630d51b4c9142');
INSERT INTO record_salt VALUES('answer','6,''refused transfer_invalid''',157,X'f13a91a94f168efa800ce3d8df07756ee9b39db16585f81b3755feda9b38fc4a');
INSERT INTO record_salt VALUES('answer','6,''refused unknown_field''',97,X'9a74aee80fc6495b893bbbb5b3a9be7b4b35e850cffa9f5923da958b043c7f6a');
INSERT INTO record_salt VALUES('answer','6,''refused usage''',158,X'12daeea737f55ea57448dd5ad66639b40d590833a2b792966ee0304023f63746');
INSERT INTO record_salt VALUES('answer','6,''refused version_moved''',142,X'1bb83c896549f5a16a3af84a2fea9000d8967e6f9c588a04545b9fa37126250f');
INSERT INTO record_salt VALUES('answer','6,''refused with facts''',90,X'497dd0d65d37a3aceed68664fdfb33e465d41bb438427b7566c4baba98631c72');
INSERT INTO record_salt VALUES('answer','6,''refused xml_malformed''',123,X'76760c9b8d73b12d3de290b3d50812deffcec67801fdc3c62b7042d2f3e8be24');
INSERT INTO record_salt VALUES('answer_fact','6,''refused with facts'',1',91,X'c7393defc03ff565b6826ca1716bb1940d5545afd1cced491c7e37d751ac30c8');
INSERT INTO record_salt VALUES('answer_fact','6,''refused with facts'',2',92,X'1cdfd7b5bfd1f27d6126bff38d7d29733ba84f0bbcb769ef682f9d8aa08b9143');
INSERT INTO record_salt VALUES('answer_fact','6,''refused with facts'',3',93,X'2d1d784626a562ce35aea89f3a5f6cc36e0ec68254082234df611a66edda6d0c');
INSERT INTO record_salt VALUES('claim','1',68,X'590823bc167c3e434594916e711446a43d207cf4fe9f8f7ec5da448148c5d338');
INSERT INTO record_salt VALUES('contractor','1',31,X'2242ff50fd9298b1de78ff3cf2e87dbd9f7bc4b67b585af8707465dab9992d7a');
INSERT INTO record_salt VALUES('contractor_iban','1',33,X'85d3bf26425f283df8cfca12039e8f52ede67459ced9f93d966af94f937e2c85');
INSERT INTO record_salt VALUES('contractor_telephone','1',32,X'706bd2dc08f68237d36e5b72037064329d4ddbc07c12051844cb73fe1fe52465');
INSERT INTO record_salt VALUES('dossier','1',43,X'4514a41f65691663b51dd84e6aa60b10f90caa534f10866d9cdf0584cac45c6c');
INSERT INTO record_salt VALUES('dwelling','1',41,X'd05311d06dc3b8004053db442b451929ab513b9a0d45e5b8cf2d60b43eee55c6');
INSERT INTO record_salt VALUES('funder','1',29,X'5e23721f84fee4a2a2ec975ff40af398179f9acb5266592f123a768490c5a319');
INSERT INTO record_salt VALUES('funder','2',30,X'2f694adf901f0dfdc44c9e6665e4ca6702a109e7bb795179bb5db929cdbe0590');
INSERT INTO record_salt VALUES('funder_grant','1',56,X'1efd4f6e3c15685591d2ff7c14dd690347d4b63d57dadf996b2d16ef10c34e95');
INSERT INTO record_salt VALUES('funder_grant','2',58,X'6ffdaba42cfc5a585155d977428d2af1c70c97b51be2cdb9aa713f512a1b760d');
INSERT INTO record_salt VALUES('funding_entry','3',57,X'6b43d2e114dba0ebb5f16b013c6728156137811c44d0aa657982cace48ea087f');
INSERT INTO record_salt VALUES('funding_entry','4',59,X'd0d61f817a723ea11cf58ce4ab4fdd33c00dd0053588cf50eb96e451f6dd727c');
INSERT INTO record_salt VALUES('funding_entry','5',63,X'1e3d612a5244d66dac0bcbc3dfe6173e1b6cd58c0a8b9ceca18146f682bf79f6');
INSERT INTO record_salt VALUES('funding_entry','6',67,X'67a84c5cd20c8254ba68ea77b6186601f5a19b8205502f072aa7b46ffde2df31');
INSERT INTO record_salt VALUES('funding_entry','7',69,X'ae026ac798b95b53b0620c9969fc4d4f09e93fd91a5bfbc755e756595ac73240');
INSERT INTO record_salt VALUES('household','1',42,X'5a61faa016271d4aa7b540d4d321685a25503df60f86a5dbf38f81e469831c70');
INSERT INTO record_salt VALUES('invoice','1',73,X'de9309fe940d5424ccfb8a9b4caadd2b0a1c5ed31d8e8912bc5615a46ad10441');
INSERT INTO record_salt VALUES('invoice_line','1,1',74,X'5cd65e44b3cbd6740317910ef900589ed95e8e2783caad517803cbdbdf57c86c');
INSERT INTO record_salt VALUES('mandate','1',50,X'450b19b33e9ea31885cca4c5330c694d9a9cec85c3a3e05f5dde502e9ada506d');
INSERT INTO record_salt VALUES('mandate','2',51,X'2eb61a381f1db721e03384d652f30f6967499eccb05a886d1de99d62b04882ac');
INSERT INTO record_salt VALUES('payee_verification','1',35,X'd229d16e075074a913a37f169f624209ecde8cc3e02c9d15f2b51836bb57aa63');
INSERT INTO record_salt VALUES('payment_order','1',85,X'12e5620bddf3e3de19c794396ca021f0049bbfcc149bd5938277ae02fc584188');
INSERT INTO record_salt VALUES('person','1',13,X'733037213230d9e47ad5ed610410a6e97405ba77ef73464de5be4c4cfd8caf21');
INSERT INTO record_salt VALUES('person','2',15,X'af7acd9a859c679bcc94c6c89e5fcd275262f0bfb24055f552c84d5a925228e0');
INSERT INTO record_salt VALUES('person','3',17,X'620b9e35989a6cb8ac5f323967dca947f3e073cab44595096b93c34189e1a205');
INSERT INTO record_salt VALUES('person','4',19,X'75d528a35a1502f973cf1d6f4e09ebb00e33d26ca0b6cc904387666847837878');
INSERT INTO record_salt VALUES('person','5',21,X'397fc52cc2314ba6e16cb01e06958438d7491e937a53386cf2834b68e05c1de3');
INSERT INTO record_salt VALUES('person','6',23,X'5c3160b579e94d2d40baf3b56d5bf3bca851a9de2d57c9c73ec8f0747e0b5b63');
INSERT INTO record_salt VALUES('person','7',25,X'814a3ec10a2920db90130db3ff9103d8f224a59ea97b070051b9c33537f0054f');
INSERT INTO record_salt VALUES('person_role','1,''administrator''',14,X'f8e86abdf40060539017ca29e43caff08f4a5b0c0b0bc764afec512727877516');
INSERT INTO record_salt VALUES('person_role','2,''adviser''',16,X'14cee25cb0d1c5867fb775103ab28011bcff1479811a9ac05bd21e40e194b888');
INSERT INTO record_salt VALUES('person_role','3,''officer''',18,X'a966de0c4d6d8691bb139892d767b91e6125eca09e3e66298711a227eb1ec6d2');
INSERT INTO record_salt VALUES('person_role','4,''technician''',20,X'53aa54953596bd9fbe63ca97bb2033dc55fb0fc142a345ce9d777d2e4d99ea1b');
INSERT INTO record_salt VALUES('person_role','5,''authorising_officer''',22,X'09615769aeba60afb10e602e27d8daf079c31138407e25c06ef281fe6db27220');
INSERT INTO record_salt VALUES('person_role','6,''public_accountant''',24,X'c21028765e0ac8184b29d172b1a4f0f3ae8673e143ffd098f8013d34d62b0a18');
INSERT INTO record_salt VALUES('person_role','7,''officer''',26,X'011d1450400173bc53ec5151405dbf965baee4bd3fe53daa92cb2a78822ec47b');
INSERT INTO record_salt VALUES('plan','1',49,X'a61252b20a0ae0de82e51de44e5837673867bb65d95a45279039acf0973b47fb');
INSERT INTO record_salt VALUES('plan_aid','1,''anah.mpr_accompagne''',47,X'85b9f8c1908048aee20fb7589dd4485239cf591ae27f7bd4d728a7b31448ebea');
INSERT INTO record_salt VALUES('plan_aid','1,''local.region''',48,X'9917a11e7555c14a405c601ec3035811ee5ec865e8db3a4e70061c9591d0bcba');
INSERT INTO record_salt VALUES('programme','1',27,X'254bcfc9e37641760b2dce00f35e84fd6f3ec4f6bbbfe9a3d6e5530f7a578107');
INSERT INTO record_salt VALUES('programme_epci','1,''200071066''',28,X'6c8f1db215c309d97b51eb792a02e6e85a7c48a89c17db622644d19da6463326');
INSERT INTO record_salt VALUES('quote','1',44,X'b651891b6a1630064fc40a462a3a71e1e69237ecc1827c53dbc07da6ea748b09');
INSERT INTO record_salt VALUES('quote_line','1,1',45,X'5b4148ce73db541d63c9344ddaa0e256da137e77567fb2ecfc7cbcb9080675ca');
INSERT INTO record_salt VALUES('schema_migration','1',1,X'c15c0289ec2d0a9167ec8e65a18debbe5e5532fbeea293f80bc942ee9086c171');
INSERT INTO record_salt VALUES('schema_migration','10',2,X'b9b501d1d854bb7180021590ff0b4dc3a53c36d76cec99e0758527120fbbe785');
INSERT INTO record_salt VALUES('schema_migration','11',3,X'a83d7e35de181749966761748e5c43cb614f560177dc7567fe8bcf144dd4fc9a');
INSERT INTO record_salt VALUES('schema_migration','12',4,X'c05daa4b8acf76748aa2d790d641b387a8574c6fae6d9b6f3b4a79a517cec22a');
INSERT INTO record_salt VALUES('schema_migration','2',5,X'630bfdb7a6a634a5f1aa2b57dad0bad0ee89af30963784ae0865ef73371863e2');
INSERT INTO record_salt VALUES('schema_migration','3',6,X'4687e96568c4e2109c442a5c3c97d714cd8f54d10efdf17eac06f33e6310841f');
INSERT INTO record_salt VALUES('schema_migration','4',7,X'9fb9aad1c5057349f7b677c17d40430c35714a86a71cf983abf72d0defaeb9b6');
INSERT INTO record_salt VALUES('schema_migration','5',8,X'27cd5b444516330b8a770919e8676cff84d0c5120bd70c99ba8907c967192b96');
INSERT INTO record_salt VALUES('schema_migration','6',9,X'6d2c075a68e2ac651ce0dc482f6f617017fcf32e4e82d6400cfffe56222e9e87');
INSERT INTO record_salt VALUES('schema_migration','7',10,X'f5e04b5e44022e8bc1533500bb598cbf189deb96b2a46ad13c135bbe71a127ab');
INSERT INTO record_salt VALUES('schema_migration','8',11,X'862c7e6049c7a0dc07291e88403c4bb563811059bf1f823cb2ff8786380dffa7');
INSERT INTO record_salt VALUES('schema_migration','9',12,X'8160c69f01d170de387ec812cd6aded65e68e918610e0e53969f4d30eaf9bf28');
INSERT INTO record_salt VALUES('transfer','1',86,X'e8b5e5b862ce5702d1cfae2663719c29967229d322d9fd10bf9b9d3205e4bb1d');
INSERT INTO record_salt VALUES('transfer_file','1',84,X'ea2717efed4ea41a898db8972caf685e86c46e548938626f31dc8a5080411214');
INSERT INTO record_salt VALUES('waiting_lift','1,5',36,X'eaa153c355fbfea6b3f32aa8621308bd23c6664d0ae92f9615b59ffd21a17c8c');
INSERT INTO record_salt VALUES('waiting_lift','1,6',37,X'8d9608f6b6e316e8e469b0b93eb7fd3fbd9f9eaed8a4c7d27f6253940dbb6b8b');
INSERT INTO record_salt VALUES('works_order','1',72,X'7e13cfa84fcb0e59782af06453ad1c745ceb5c4938f03f6eeee55f4520c301c5');
CREATE TABLE journal_export (
    id       INTEGER PRIMARY KEY,
    made_at  INTEGER NOT NULL,
    person   INTEGER NOT NULL,
    format   TEXT NOT NULL,
    year     INTEGER NOT NULL,  -- of a FEC; 0 for the whole journal
    up_to    INTEGER NOT NULL,
    bytes    INTEGER NOT NULL CHECK (bytes > 0),
    sha256   BLOB NOT NULL CHECK (length(sha256) = 32)
) STRICT;
CREATE TABLE funding_entry (
    entry        INTEGER PRIMARY KEY REFERENCES entry (number),
    funder_grant INTEGER NOT NULL REFERENCES funder_grant (id),
    claim        INTEGER REFERENCES claim (id),
    reason       TEXT NOT NULL
) STRICT;
INSERT INTO funding_entry VALUES(3,1,NULL,'');
INSERT INTO funding_entry VALUES(4,2,NULL,'');
INSERT INTO funding_entry VALUES(5,1,1,'');
INSERT INTO funding_entry VALUES(6,1,1,'');
INSERT INTO funding_entry VALUES(7,1,1,'');
CREATE TABLE period (
    year         INTEGER PRIMARY KEY,
    last_entry   INTEGER NOT NULL REFERENCES entry (number),
    closed_by    INTEGER NOT NULL REFERENCES person (id),
    result_cents INTEGER NOT NULL
) STRICT;
CREATE TABLE carried_balance (
    year       INTEGER NOT NULL REFERENCES period (year),
    account    INTEGER NOT NULL REFERENCES account (id),
    programme  INTEGER NOT NULL,
    dossier    INTEGER NOT NULL,
    funder     INTEGER NOT NULL,
    contractor INTEGER NOT NULL,
    batch      INTEGER NOT NULL,
    cents      INTEGER NOT NULL CHECK (cents <> 0),
    PRIMARY KEY (year, account, programme, dossier, funder, contractor, batch)
) STRICT, WITHOUT ROWID;
CREATE TABLE answer (
    person      INTEGER NOT NULL,
    request_key TEXT NOT NULL,
    body_sha256 BLOB NOT NULL CHECK (length(body_sha256) = 32),
    answered_at INTEGER NOT NULL,
    answer      BLOB,
    code        TEXT,
    field       TEXT,
    message     TEXT,
    PRIMARY KEY (person, request_key),
    CHECK ((answer IS NULL) <> (code IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO answer VALUES(6,'answered',X'34fecd0543ac1da71285b40c7a74cbf1183c3e9e9ed160760d086d8906d7ff98',1774083600000000,X'7b226964223a31322c226e756c223a2200227d',NULL,NULL,NULL);
INSERT INTO answer VALUES(6,'answered with nothing',X'88a69009a7a5e29b0a5e051d66e14cc16c0b7689e2767a7f3e1d608f806f2b54',1774083600000000,X'',NULL,NULL,NULL);
INSERT INTO answer VALUES(6,'answered é',X'7df0cdef925f56d9b57c4e75c739911a4501a2169a9d51e2799f1b80aeb2cb6b',1774083600000000,X'c2ab2064c3a96ac3a020c2bb20fffe',NULL,NULL,NULL);
INSERT INTO answer VALUES(6,'refused aid_unknown',X'516c52cf891f7e67b24ea07445e7027529707763b15cf37a886664c9b9a39759',1774083600000000,NULL,'aid_unknown','field','Refusé : aid_unknown.');
INSERT INTO answer VALUES(6,'refused already_reversed',X'61853eb520d26e7d454702b5d6e0f7994574a3a9ee188b8f6fb2e27fe43ddf74',1774083600000000,NULL,'already_reversed','field','Refusé : already_reversed.');
INSERT INTO answer VALUES(6,'refused amount_not_positive',X'fe71eabe3314e0bb7d3aafeb822a262ff46f63332581b930e25a1fd36826e4f1',1774083600000000,NULL,'amount_not_positive','field','Refusé : amount_not_positive.');
INSERT INTO answer VALUES(6,'refused amount_out_of_range',X'1ccbefbe2cbf6f103e0f514f7bf51b70768bfa15efd9fbeb8793f364e8dde64e',1774083600000000,NULL,'amount_out_of_range','field','Refusé : amount_out_of_range.');
INSERT INTO answer VALUES(6,'refused backup_damaged',X'a66c0ffd19b803ece14a762db0d684c15034cfc718bb6e7b4b5e062e0c356086',1774083600000000,NULL,'backup_damaged','field','Refusé : backup_damaged.');
INSERT INTO answer VALUES(6,'refused backup_exists',X'b868c3b88fc6c0bbff962e2630ba8c0346f087adb5722e180b872c824aca280e',1774083600000000,NULL,'backup_exists','field','Refusé : backup_exists.');
INSERT INTO answer VALUES(6,'refused backup_unproven',X'e5765d8ca3f3141b770a0731c8e6a07b4255c6660575ba816b8eb7c394f2f4f2',1774083600000000,NULL,'backup_unproven','field','Refusé : backup_unproven.');
INSERT INTO answer VALUES(6,'refused balance_not_nil',X'368f79fe59e2844a24b95a3f004de6f9853d8540037b86d61442bf3780403f3d',1774083600000000,NULL,'balance_not_nil','field','Refusé : balance_not_nil.');
INSERT INTO answer VALUES(6,'refused data_directory_exists',X'44ceb4bf94b1706f9d14345011490ff1381e8fe463df103d9c78969069135b8b',1774083600000000,NULL,'data_directory_exists','field','Refusé : data_directory_exists.');
INSERT INTO answer VALUES(6,'refused data_directory_locked',X'a309b0a6c95de3930e5a651ea12b7395a43048ce508ed48f4443013425120e7e',1774083600000000,NULL,'data_directory_locked','field','Refusé : data_directory_locked.');
INSERT INTO answer VALUES(6,'refused data_directory_missing',X'620659fb56915038b3480bb50089aac3ef30ea4b8c4b905d910518ac9b11b641',1774083600000000,NULL,'data_directory_missing','field','Refusé : data_directory_missing.');
INSERT INTO answer VALUES(6,'refused date_invalid',X'99dd5724209d0e729dae6b49bf660f759991335a1aa7f82cb2e85cb25c61c864',1774083600000000,NULL,'date_invalid','field','Refusé : date_invalid.');
INSERT INTO answer VALUES(6,'refused duplicate',X'677ac9ce04cd069f91b9290f257abf064bb922b4d8a09986bcd7a29d215144cb',1774083600000000,NULL,'duplicate','field','Refusé : duplicate.');
INSERT INTO answer VALUES(6,'refused entry_date',X'dcaf49924526c7ea9445916cc469b320a580b8268c9de59e2425cbff646682ad',1774083600000000,NULL,'entry_date','field','Refusé : entry_date.');
INSERT INTO answer VALUES(6,'refused entry_unbalanced',X'7e149be6e145f19e87ebbf08d4a8b77edbf821ac5c57fcd241f480a973c4667e',1774083600000000,NULL,'entry_unbalanced','field','Refusé : entry_unbalanced.');
INSERT INTO answer VALUES(6,'refused exposure_ceiling',X'18fcf3cb804ddab37ee3d36704801e3af7c38affb392d86e089718c0f802dba2',1774083600000000,NULL,'exposure_ceiling','field','Refusé : exposure_ceiling.');
INSERT INTO answer VALUES(6,'refused exposure_uncovered',X'4d7044d64c5ed6e09d8784801bf80bdb6ecf21926d4bbe7abc4ecf026cc8fa99',1774083600000000,NULL,'exposure_uncovered','field','Refusé : exposure_uncovered.');
INSERT INTO answer VALUES(6,'refused file_unreadable',X'2bd3247c96857f09fd20d66174b4343e4704b556d3d13469b635264ab735095c',1774083600000000,NULL,'file_unreadable','field','Refusé : file_unreadable.');
INSERT INTO answer VALUES(6,'refused funds_insufficient',X'5aa7fceb33cb825da813168a67d52574369037c8df56ea7a2f90b446d4197e9c',1774083600000000,NULL,'funds_insufficient','field','Refusé : funds_insufficient.');
INSERT INTO answer VALUES(6,'refused gate_closed',X'99c589f3353295b8226d83980ab22fcefde08e6e3bf8ac9c4f470e121d220d5c',1774083600000000,NULL,'gate_closed','field','Refusé : gate_closed.');
INSERT INTO answer VALUES(6,'refused given_not_a_grant',X'6c5eba3f42d923fa061fcb3e054f21c844905077967eaf8b7e51f54c64978b71',1774083600000000,NULL,'given_not_a_grant','field','Refusé : given_not_a_grant.');
INSERT INTO answer VALUES(6,'refused iban_character',X'a7198450cb47ccca5ed311d99548c77e72f74037e2fb177dca26986f8b697c28',1774083600000000,NULL,'iban_character','field','Refusé : iban_character.');
INSERT INTO answer VALUES(6,'refused iban_check_digits',X'013348564719654e67dbc2ed75d1f88e61f868661d93cf7cf7fc31a26f0eba3f',1774083600000000,NULL,'iban_check_digits','field','Refusé : iban_check_digits.');
INSERT INTO answer VALUES(6,'refused iban_country',X'4734452448606f1eb940d1714234460c33e69608357dd90eb6f4ba8d024c0066',1774083600000000,NULL,'iban_country','field','Refusé : iban_country.');
INSERT INTO answer VALUES(6,'refused iban_length',X'92eec319ee72708649c3ffdeb431662b58f02af360c0b585f11a3d518d763a1f',1774083600000000,NULL,'iban_length','field','Refusé : iban_length.');
INSERT INTO answer VALUES(6,'refused iban_structure',X'44524845502780b14b50d6258a2fb554d53954858ba31125475252616761f6e8',1774083600000000,NULL,'iban_structure','field','Refusé : iban_structure.');
INSERT INTO answer VALUES(6,'refused insee_unknown',X'fb89de8ddc739085a5a4b4e153fad410a196ab7f75906b8fb34f213c8b6c1618',1774083600000000,NULL,'insee_unknown','field','Refusé : insee_unknown.');
INSERT INTO answer VALUES(6,'refused json_malformed',X'32da27f5f4705dc1d0d105e2aee44884e64bc593a28229f7c0c332681f750351',1774083600000000,NULL,'json_malformed','field','Refusé : json_malformed.');
INSERT INTO answer VALUES(6,'refused key_reused',X'808ac589fb4ea74bf46afb1023f93b58d5520b23288ecefc14ff3688549bc0f1',1774083600000000,NULL,'key_reused','field','Refusé : key_reused.');
INSERT INTO answer VALUES(6,'refused malformed',X'e18aa58b35831eb5111ae2ff5df8cee79688830a886a34a20eea249bb54366af',1774083600000000,NULL,'malformed','field','Refusé : malformed.');
INSERT INTO answer VALUES(6,'refused missing',X'a16acf06b9b22eaa47e8413ad0a5e8f06e6441534871d9969edd93ce93592860',1774083600000000,NULL,'missing','field','Refusé : missing.');
INSERT INTO answer VALUES(6,'refused motive_missing',X'ec536765d191c73cc247a4bf15732456a613cc20f88109b49e357c48dfc0e876',1774083600000000,NULL,'motive_missing','field','Refusé : motive_missing.');
INSERT INTO answer VALUES(6,'refused movement_details_mismatch',X'cbcac8b5c3112f977ec6e2776879f2a3ebddf9d62934d5bb6fca14fa287f8de6',1774083600000000,NULL,'movement_details_mismatch','field','Refusé : movement_details_mismatch.');
INSERT INTO answer VALUES(6,'refused not_a_statement',X'660db2f24b1c9098c8b3e90dd29aad01a92225757bb03d377f98dc7dcc2aa307',1774083600000000,NULL,'not_a_statement','field','Refusé : not_a_statement.');
INSERT INTO answer VALUES(6,'refused not_found',X'f0f639ecf5a83b5f659b9c10099545a4c07747daeb22c4d2b8a377125be3e122',1774083600000000,NULL,'not_found','field','Refusé : not_found.');
INSERT INTO answer VALUES(6,'refused order_changed',X'6d1a109b18242a1f2e657b15a3de634eeb8651f47d494de2f62445526aa8da9c',1774083600000000,NULL,'order_changed','field','Refusé : order_changed.');
INSERT INTO answer VALUES(6,'refused out_of_range',X'12068bc9122d0076cc21067e9c8f27af5ded0584f7e7b202b6879d9b73ce6762',1774083600000000,NULL,'out_of_range','field','Refusé : out_of_range.');
INSERT INTO answer VALUES(6,'refused over_commitment',X'c7c5086b6a1cedd3164dfaf2ac33269c8632e3741ad7ef3c49a27d341452038e',1774083600000000,NULL,'over_commitment','field','Refusé : over_commitment.');
INSERT INTO answer VALUES(6,'refused period_closed',X'3f76ee2044d74d0236941686c498c26b14f6df5972311f1446a5e92ec9406bd9',1774083600000000,NULL,'period_closed','field','Refusé : period_closed.');
INSERT INTO answer VALUES(6,'refused reversal_grid_missing',X'7b902eedd2fc54ea18447e7f6d67e9972fd84ba00c15f53740c42fe93de2a245',1774083600000000,NULL,'reversal_grid_missing','field','Refusé : reversal_grid_missing.');
INSERT INTO answer VALUES(6,'refused rib_key',X'10e6a14f5f78de0d9d63d3efc4a9e74968f9ff02d7e12ce7d48f34aaf4e53c6e',1774083600000000,NULL,'rib_key','field','Refusé : rib_key.');
INSERT INTO answer VALUES(6,'refused role_missing',X'0b313010a484246f22b09075ee836a54413afc47063658d9eb42ad1dd83f197d',1774083600000000,NULL,'role_missing','field','Refusé : role_missing.');
INSERT INTO answer VALUES(6,'refused rule_meaning',X'7d2ad080ed27576d6ab8e56314a0f1a9150287e1f1ede56f6d9dd1223f1013e7',1774083600000000,NULL,'rule_meaning','field','Refusé : rule_meaning.');
INSERT INTO answer VALUES(6,'refused rule_syntax',X'6b0f0cdfc04793266972c880c7579833190b86d31a99fb7d1c0fe5820fbaf118',1774083600000000,NULL,'rule_syntax','field','Refusé : rule_syntax.');
INSERT INTO answer VALUES(6,'refused same_person',X'b90e41b86cbca16d6c2a57288711ef9f15c72b0b62a1632dac799e72fd2acb25',1774083600000000,NULL,'same_person','field','Refusé : same_person.');
INSERT INTO answer VALUES(6,'refused scale_missing',X'66c066dcea98f5681b7f1ae4adad5ea39effa368085aa620a4b7f70d237048bc',1774083600000000,NULL,'scale_missing','field','Refusé : scale_missing.');
INSERT INTO answer VALUES(6,'refused siren_invalid',X'84c295e38a797af5d737cfc772bf49fdb3747e89a4c0b2117adfa440ff0a4617',1774083600000000,NULL,'siren_invalid','field','Refusé : siren_invalid.');
INSERT INTO answer VALUES(6,'refused siret_invalid',X'caa6e8d213b36dc09133aeecbb0b7b9a413a2071fde826c4d2dc777a4ab16781',1774083600000000,NULL,'siret_invalid','field','Refusé : siret_invalid.');
INSERT INTO answer VALUES(6,'refused state_forbids',X'0ff3728487bdba6c5301c8aa0f9f2ad583f8cd0b3c4ff9f4d6517c4a728321ee',1774083600000000,NULL,'state_forbids','field','Refusé : state_forbids.');
INSERT INTO answer VALUES(6,'refused statement_account_unknown',X'133c05c9fe3b7abd2de2f4a606b50b898e904f68d5899fe5a6d825b0250add1a',1774083600000000,NULL,'statement_account_unknown','field','Refusé : statement_account_unknown.');
INSERT INTO answer VALUES(6,'refused statement_already_imported',X'df778f80cfb8566e1d92360794b2cee2a1891156ccae2453655c42ffd6a41f88',1774083600000000,NULL,'statement_already_imported','field','Refusé : statement_already_imported.');
INSERT INTO answer VALUES(6,'refused statement_balance_mismatch',X'3a0be307a1e7ec4a65ab2d3c73cd09bccae686160d0aa8f76577bb3fd5b4b0e8',1774083600000000,NULL,'statement_balance_mismatch','field','Refusé : statement_balance_mismatch.');
INSERT INTO answer VALUES(6,'refused statement_balance_missing',X'8ff97bf8f1e3f0a39b5aeddb76464009e4155224e51b213626a937d3bfcb21dc',1774083600000000,NULL,'statement_balance_missing','field','Refusé : statement_balance_missing.');
INSERT INTO answer VALUES(6,'refused statement_currency',X'76a16fe54a3522e40a86e721c4b402d09256ef100258d37d69a3c13ec37030f0',1774083600000000,NULL,'statement_currency','field','Refusé : statement_currency.');
INSERT INTO answer VALUES(6,'refused statement_damaged',X'ae048d18dd898a1e97ac48667250ccfe8d5110a5058fab36a480bdbf7b7ea1c0',1774083600000000,NULL,'statement_damaged','field','Refusé : statement_damaged.');
INSERT INTO answer VALUES(6,'refused statement_gap',X'fef9a7cc6cca7f989e7e30698f50a64fbca8347f1d9bf61f2fbf2057aa05899c',1774083600000000,NULL,'statement_gap','field','Refusé : statement_gap.');
INSERT INTO answer VALUES(6,'refused statement_not_bookable',X'f81b1d5cba4a83bbe134716071815db469c858e2bfcbeecb5dc13aee8c5d1ae7',1774083600000000,NULL,'statement_not_bookable','field','Refusé : statement_not_bookable.');
INSERT INTO answer VALUES(6,'refused statement_not_final',X'acf2565dd22b7fef68047ebba9940946611b241fa25897fbad2be27dc9b2452f',1774083600000000,NULL,'statement_not_final','field','Refusé : statement_not_final.');
INSERT INTO answer VALUES(6,'refused text_invalid',X'e24657ef6714d81fd2724b74a8e838b483a727729cc4aa18268646ef1fab27cc',1774083600000000,NULL,'text_invalid','field','Refusé : text_invalid.');
INSERT INTO answer VALUES(6,'refused time_stamp_invalid',X'd84cb45d43564b383e5a3039261e66418182b9b8b4b17bf61fadd037bea945f7',1774083600000000,NULL,'time_stamp_invalid','field','Refusé : time_stamp_invalid.');
INSERT INTO answer VALUES(6,'refused transfer_invalid',X'ada99d349bfdd06eb5133c2b6e3a0011f594bc4abf672917a7d8e7407a063f64',1774083600000000,NULL,'transfer_invalid','field','Refusé : transfer_invalid.');
INSERT INTO answer VALUES(6,'refused unknown_field',X'a3bcb0d408e665fad3d65bf0dd92580c3f9c49e24bd68509f2ec57dfd197b3f3',1774083600000000,NULL,'unknown_field','field','Refusé : unknown_field.');
INSERT INTO answer VALUES(6,'refused usage',X'0de64c10d32aacbfcdeafe06dbb7337e0d8aff1b53b5b0f9f97489b2bf4d89aa',1774083600000000,NULL,'usage','field','Refusé : usage.');
INSERT INTO answer VALUES(6,'refused version_moved',X'8dd9b85bdfa1b47fd3806fc29ec5b57bc9a222f72a9f4ea0b61c110288be5bee',1774083600000000,NULL,'version_moved','field','Refusé : version_moved.');
INSERT INTO answer VALUES(6,'refused with facts',X'9395f8e9ae8c3cea51393946146b5b819afad1990f74761ea3ddde3065a5aae8',1774083600000000,NULL,'duplicate','name','« Anne » existe déjà.');
INSERT INTO answer VALUES(6,'refused xml_malformed',X'0c72f38ea1f426b14393d14d3f8d96d0610c7e24a31f24186afef4efce80260f',1774083600000000,NULL,'xml_malformed','field','Refusé : xml_malformed.');
CREATE TABLE answer_fact (
    person      INTEGER NOT NULL,
    request_key TEXT NOT NULL,
    ordinal     INTEGER NOT NULL,
    name        TEXT NOT NULL,
    value       TEXT NOT NULL,
    PRIMARY KEY (person, request_key, ordinal),
    FOREIGN KEY (person, request_key) REFERENCES answer (person, request_key)
) STRICT, WITHOUT ROWID;
INSERT INTO answer_fact VALUES(6,'refused with facts',1,'id','7');
INSERT INTO answer_fact VALUES(6,'refused with facts',2,'name','Anne');
INSERT INTO answer_fact VALUES(6,'refused with facts',3,'name','Zoé');
CREATE TABLE contractor_telephone (
    id         INTEGER PRIMARY KEY,
    contractor INTEGER NOT NULL REFERENCES contractor (id),
    number     TEXT NOT NULL,
    source     TEXT NOT NULL,
    entered_by INTEGER NOT NULL REFERENCES person (id),
    entered_on TEXT NOT NULL
) STRICT;
INSERT INTO contractor_telephone VALUES(1,1,'+33329000001','Devis',3,'2026-03-20');
CREATE TABLE account_confirmation (
    account         INTEGER PRIMARY KEY REFERENCES contractor_iban (id),
    telephone       INTEGER NOT NULL REFERENCES contractor_telephone (id),
    reached         TEXT NOT NULL,
    called_on       TEXT NOT NULL,
    former_end      TEXT NOT NULL,
    former_document TEXT NOT NULL,
    document        TEXT NOT NULL,
    confirmed_by    INTEGER NOT NULL REFERENCES person (id),
    confirmed_on    TEXT NOT NULL
) STRICT;
INSERT INTO account_confirmation VALUES(1,1,'Le gérant','2026-03-20','','','RIB',7,'2026-03-20');
CREATE TABLE payee_verification (
    id              INTEGER PRIMARY KEY,
    account         INTEGER NOT NULL REFERENCES contractor_iban (id),
    answer          TEXT NOT NULL CHECK (answer IN ('match', 'close_match', 'no_match', 'not_possible')),
    returned_name   TEXT NOT NULL,
    answered_on     TEXT NOT NULL,
    entered_by      INTEGER NOT NULL REFERENCES person (id),
    accepted_by     INTEGER REFERENCES person (id),
    accepted_reason TEXT
) STRICT;
INSERT INTO payee_verification VALUES(1,1,'match','','2026-03-20',3,NULL,NULL);
CREATE TABLE account_rejection (
    account     INTEGER PRIMARY KEY REFERENCES contractor_iban (id),
    reason      TEXT NOT NULL,
    rejected_by INTEGER NOT NULL REFERENCES person (id),
    rejected_on TEXT NOT NULL
) STRICT;
CREATE TABLE waiting_lift (
    account   INTEGER NOT NULL REFERENCES contractor_iban (id),
    lifted_by INTEGER NOT NULL REFERENCES person (id),
    reason    TEXT NOT NULL,
    lifted_on TEXT NOT NULL,
    PRIMARY KEY (account, lifted_by)
) STRICT, WITHOUT ROWID;
INSERT INTO waiting_lift VALUES(1,5,'Essai','2026-03-20');
INSERT INTO waiting_lift VALUES(1,6,'Essai','2026-03-20');
CREATE TABLE qualification (
    contractor  INTEGER NOT NULL REFERENCES contractor (id),
    domain      TEXT NOT NULL,
    code        TEXT NOT NULL,
    name        TEXT NOT NULL,
    body        TEXT NOT NULL,
    valid_from  TEXT NOT NULL,
    valid_to    TEXT NOT NULL,
    imported_on TEXT NOT NULL,
    PRIMARY KEY (contractor, domain, code, valid_from)
) STRICT, WITHOUT ROWID;
CREATE TABLE insurance (
    id         INTEGER PRIMARY KEY,
    contractor INTEGER NOT NULL REFERENCES contractor (id),
    insurer    TEXT NOT NULL,
    policy     TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL,
    entered_by INTEGER NOT NULL REFERENCES person (id),
    entered_on TEXT NOT NULL
) STRICT;
CREATE TABLE contractor_end (
    contractor INTEGER PRIMARY KEY REFERENCES contractor (id),
    kind       TEXT NOT NULL CHECK (kind IN ('closed', 'proceedings')),
    ended_on   TEXT NOT NULL,
    source     TEXT NOT NULL,
    entered_by INTEGER NOT NULL REFERENCES person (id)
) STRICT;
CREATE INDEX posting_by_account ON posting (account, entry, cents);
CREATE INDEX posting_by_dossier ON posting (dossier, entry);
CREATE UNIQUE INDEX entry_reversed_once ON entry (reverses) WHERE reverses <> 0;
CREATE INDEX entry_by_day ON entry (day, number);
CREATE INDEX balance_by_dossier ON balance (dossier, account, cents);
CREATE INDEX mandate_of ON mandate (dossier, funder);
CREATE TRIGGER entry_balanced BEFORE INSERT ON entry
WHEN (SELECT coalesce(sum(cents), 0) FROM posting WHERE entry = NEW.number) <> 0
BEGIN SELECT RAISE(ABORT, 'an entry sums to zero'); END;
CREATE TRIGGER entry_follows BEFORE INSERT ON entry
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM entry)
BEGIN SELECT RAISE(ABORT, 'entries are numbered without holes'); END;
CREATE TRIGGER posting_before_entry BEFORE INSERT ON posting
WHEN EXISTS (SELECT 1 FROM entry WHERE number = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'a recorded entry takes no further posting'); END;
CREATE TRIGGER entry_kept_update BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER entry_kept_delete BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END;
CREATE TRIGGER posting_kept_update BEFORE UPDATE ON posting
BEGIN SELECT RAISE(ABORT, 'a posting is never changed'); END;
CREATE TRIGGER posting_kept_delete BEFORE DELETE ON posting
BEGIN SELECT RAISE(ABORT, 'a posting is never deleted'); END;
CREATE TRIGGER approver_is_another BEFORE UPDATE OF approved_by ON payment_order
WHEN NEW.approved_by IS NOT NULL AND (NEW.approved_by = NEW.made_by OR NEW.approved_by IN (
    SELECT entered_by FROM contractor_iban c JOIN invoice i ON i.contractor = c.contractor
    WHERE i.id = NEW.invoice AND c.iban = NEW.iban))
BEGIN SELECT RAISE(ABORT, 'the approver neither made the order nor entered the account'); END;
CREATE TRIGGER payer_is_another BEFORE UPDATE OF released_by ON payment_order
WHEN NEW.released_by IS NOT NULL AND (NEW.released_by IN (NEW.made_by, NEW.approved_by)
    OR NEW.approved_by IS NULL OR NEW.released_by IN (
    SELECT entered_by FROM contractor_iban c JOIN invoice i ON i.contractor = c.contractor
    WHERE i.id = NEW.invoice AND c.iban = NEW.iban))
BEGIN SELECT RAISE(ABORT, 'the payer neither made nor approved the order nor entered the account'); END;
CREATE TRIGGER order_made_plain BEFORE INSERT ON payment_order
WHEN NEW.approved_by IS NOT NULL OR NEW.released_by IS NOT NULL OR NEW.state <> 'made'
BEGIN SELECT RAISE(ABORT, 'an order is made before it is approved'); END;
CREATE TRIGGER anchor_kept_update BEFORE UPDATE ON anchor
BEGIN SELECT RAISE(ABORT, 'an anchor is never changed'); END;
CREATE TRIGGER anchor_kept_delete BEFORE DELETE ON anchor
BEGIN SELECT RAISE(ABORT, 'an anchor is never deleted'); END;
CREATE TRIGGER anchor_response_kept_update BEFORE UPDATE ON anchor_response
BEGIN SELECT RAISE(ABORT, 'a time stamp is never changed'); END;
CREATE TRIGGER anchor_response_kept_delete BEFORE DELETE ON anchor_response
BEGIN SELECT RAISE(ABORT, 'a time stamp is never deleted'); END;
CREATE TRIGGER record_follows BEFORE INSERT ON record
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM record)
BEGIN SELECT RAISE(ABORT, 'records are numbered without holes'); END;
CREATE TRIGGER record_kept_update BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'a record is never changed'); END;
CREATE TRIGGER record_kept_delete BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'a record is never deleted'); END;
CREATE TRIGGER journal_export_kept_update BEFORE UPDATE ON journal_export
BEGIN SELECT RAISE(ABORT, 'a registered export is never changed'); END;
CREATE TRIGGER journal_export_kept_delete BEFORE DELETE ON journal_export
BEGIN SELECT RAISE(ABORT, 'a registered export is never deleted'); END;
CREATE TRIGGER funding_entry_kept_update BEFORE UPDATE ON funding_entry
BEGIN SELECT RAISE(ABORT, 'what an entry is about is never changed'); END;
CREATE TRIGGER funding_entry_kept_delete BEFORE DELETE ON funding_entry
BEGIN SELECT RAISE(ABORT, 'what an entry is about is never deleted'); END;
CREATE TRIGGER period_in_order BEFORE INSERT ON period
WHEN NEW.year <> (SELECT coalesce(max(year) + 1, NEW.year) FROM period)
BEGIN SELECT RAISE(ABORT, 'exercices are closed in order'); END;
CREATE TRIGGER period_kept_update BEFORE UPDATE ON period
BEGIN SELECT RAISE(ABORT, 'a closed exercice is never changed'); END;
CREATE TRIGGER period_kept_delete BEFORE DELETE ON period
BEGIN SELECT RAISE(ABORT, 'a closed exercice is never opened again'); END;
CREATE TRIGGER carried_kept_update BEFORE UPDATE ON carried_balance
BEGIN SELECT RAISE(ABORT, 'a carried balance is never changed'); END;
CREATE TRIGGER carried_kept_delete BEFORE DELETE ON carried_balance
BEGIN SELECT RAISE(ABORT, 'a carried balance is never deleted'); END;
CREATE TRIGGER entry_in_open_period BEFORE INSERT ON entry
WHEN CAST(substr(NEW.day, 1, 4) AS INTEGER) <= (SELECT coalesce(max(year), 0) FROM period)
BEGIN SELECT RAISE(ABORT, 'no entry lands in a closed exercice'); END;
CREATE TRIGGER answer_kept_update BEFORE UPDATE ON answer
BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;
CREATE TRIGGER answer_kept_delete BEFORE DELETE ON answer
BEGIN SELECT RAISE(ABORT, 'an answer is never deleted'); END;
CREATE TRIGGER answer_fact_kept_update BEFORE UPDATE ON answer_fact
BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;
CREATE TRIGGER answer_fact_kept_delete BEFORE DELETE ON answer_fact
BEGIN SELECT RAISE(ABORT, 'an answer is never deleted'); END;
CREATE TRIGGER confirmer_is_another BEFORE INSERT ON account_confirmation
WHEN NEW.confirmed_by = (SELECT entered_by FROM contractor_iban WHERE id = NEW.account)
BEGIN SELECT RAISE(ABORT, 'who confirms an account did not enter it'); END;
CREATE TRIGGER approver_did_not_confirm BEFORE UPDATE OF approved_by ON payment_order
WHEN NEW.approved_by IN (
    SELECT f.confirmed_by FROM account_confirmation f JOIN contractor_iban c ON c.id = f.account
    JOIN invoice i ON i.contractor = c.contractor WHERE i.id = NEW.invoice AND c.iban = NEW.iban)
BEGIN SELECT RAISE(ABORT, 'the approver did not confirm the account'); END;
CREATE TRIGGER payer_did_not_confirm BEFORE UPDATE OF released_by ON payment_order
WHEN NEW.released_by IN (
    SELECT f.confirmed_by FROM account_confirmation f JOIN contractor_iban c ON c.id = f.account
    JOIN invoice i ON i.contractor = c.contractor WHERE i.id = NEW.invoice AND c.iban = NEW.iban)
BEGIN SELECT RAISE(ABORT, 'the payer did not confirm the account'); END;
CREATE TRIGGER account_is_confirmed BEFORE UPDATE OF released_by ON payment_order
WHEN NEW.released_by IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM account_confirmation f JOIN contractor_iban c ON c.id = f.account
    JOIN invoice i ON i.contractor = c.contractor WHERE i.id = NEW.invoice AND c.iban = NEW.iban)
BEGIN SELECT RAISE(ABORT, 'an account is confirmed before it is paid'); END;
COMMIT;
