-- The whole domain of the program, from the first version.
--
-- Facts are rows; states are derived from them. Quantities and money are whole millionths of the unit,
-- days are ISO text, moments are factory time as text to the minute, journal instants are UTC text.
-- Absent values that mean something (no date yet, no price) are NULL; everything else has a default.
-- Nothing cascades: a row disappears only by its own journal entry, so every reference restricts.

-- Customers and suppliers

-- Who orders.
CREATE TABLE customer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  code TEXT NOT NULL DEFAULT '', -- own code, unique
  name TEXT NOT NULL DEFAULT '',
  class TEXT NOT NULL DEFAULT 'c' CHECK (class IN ('a', 'b', 'c')), -- class A, B or C; gives the weight unless one is set
  weight INTEGER, -- own planning weight; wins over the class
  contact TEXT NOT NULL DEFAULT '', -- whom to write or call
  notes TEXT NOT NULL DEFAULT '',
  UNIQUE (code)
) STRICT;

-- Who delivers materials.
CREATE TABLE supplier (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  code TEXT NOT NULL DEFAULT '', -- own code, unique
  name TEXT NOT NULL DEFAULT '',
  lead_days INTEGER NOT NULL DEFAULT 0, -- usual lead time in working days of `calendar_id`
  calendar_id INTEGER REFERENCES calendar (id) ON DELETE RESTRICT, -- the supplier's working calendar; none: the factory's
  contact TEXT NOT NULL DEFAULT '',
  notes TEXT NOT NULL DEFAULT '',
  UNIQUE (code)
) STRICT;
CREATE INDEX supplier_calendar_id ON supplier (calendar_id);

-- Working time, work centres and lines

-- Working calendar: shifts by weekday as blank-separated `08:00-12:00`.
CREATE TABLE calendar (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  code TEXT NOT NULL DEFAULT '', -- unique; `DAY` is the factory's own
  name TEXT NOT NULL DEFAULT '',
  mon TEXT NOT NULL DEFAULT '',
  tue TEXT NOT NULL DEFAULT '',
  wed TEXT NOT NULL DEFAULT '',
  thu TEXT NOT NULL DEFAULT '',
  fri TEXT NOT NULL DEFAULT '',
  sat TEXT NOT NULL DEFAULT '',
  sun TEXT NOT NULL DEFAULT '',
  UNIQUE (code)
) STRICT;

-- A day that differs from the week.
CREATE TABLE calendar_day (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  calendar_id INTEGER NOT NULL REFERENCES calendar (id) ON DELETE RESTRICT,
  date TEXT NOT NULL CHECK (date LIKE '____-__-__'),
  shifts TEXT NOT NULL DEFAULT '', -- open times; empty is a day off
  name TEXT NOT NULL DEFAULT '', -- holiday or reason
  UNIQUE (calendar_id, date)
) STRICT;

-- A group of like lines that do one kind of operation.
CREATE TABLE work_centre (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  code TEXT NOT NULL DEFAULT '', -- unique
  name TEXT NOT NULL DEFAULT '',
  department TEXT NOT NULL DEFAULT 'production' CHECK (department IN ('sales', 'technical', 'purchasing', 'warehouse', 'production', 'qc', 'shipping', 'finance')),
  calendar_id INTEGER REFERENCES calendar (id) ON DELETE RESTRICT,
  infinite INTEGER NOT NULL DEFAULT 0 CHECK (infinite IN (0, 1)), -- never a bottleneck: outside work, drying
  changeover_minutes INTEGER NOT NULL DEFAULT 0, -- lost when the style family changes on a line
  UNIQUE (code)
) STRICT;
CREATE INDEX work_centre_calendar_id ON work_centre (calendar_id);

-- A line, team or machine of a work centre.
CREATE TABLE line (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  work_centre_id INTEGER NOT NULL REFERENCES work_centre (id) ON DELETE RESTRICT,
  code TEXT NOT NULL DEFAULT '', -- unique within the work centre
  operators INTEGER NOT NULL DEFAULT 1, -- people who work at once
  efficiency INTEGER NOT NULL DEFAULT 1000000, -- share of standard time; speed = operators × efficiency
  calendar_id INTEGER REFERENCES calendar (id) ON DELETE RESTRICT, -- own calendar; none: the work centre's
  UNIQUE (work_centre_id, code)
) STRICT;
CREATE INDEX line_calendar_id ON line (calendar_id);

-- Time taken from or added to a work centre.
CREATE TABLE capacity_block (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  work_centre_id INTEGER NOT NULL REFERENCES work_centre (id) ON DELETE RESTRICT,
  line_id INTEGER REFERENCES line (id) ON DELETE RESTRICT, -- none: every line of the work centre; minutes are shared among them
  kind TEXT NOT NULL DEFAULT 'others' CHECK (kind IN ('others', 'overtime', 'downtime')),
  starts TEXT NOT NULL CHECK (starts LIKE '____-__-__T__:__'),
  ends TEXT NOT NULL CHECK (ends LIKE '____-__-__T__:__'),
  minutes INTEGER NOT NULL DEFAULT 0, -- minutes of the span taken or added, over its lines together; zero: the whole span of each
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX capacity_block_work_centre_id ON capacity_block (work_centre_id);
CREATE INDEX capacity_block_line_id ON capacity_block (line_id);

-- Products, materials, what they consist of and how they are made

-- A product or a material.
CREATE TABLE item (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  code TEXT NOT NULL DEFAULT '', -- unique: 货号, 料号, 款号
  name TEXT NOT NULL DEFAULT '',
  spec TEXT NOT NULL DEFAULT '',
  unit TEXT NOT NULL DEFAULT '',
  family TEXT NOT NULL DEFAULT '', -- product family: picks documents, milestones, changeovers
  make INTEGER NOT NULL DEFAULT 0 CHECK (make IN (0, 1)), -- made here (true) or bought
  phantom INTEGER NOT NULL DEFAULT 0 CHECK (phantom IN (0, 1)), -- blown through, never stocked
  customer_supplied INTEGER NOT NULL DEFAULT 0 CHECK (customer_supplied IN (0, 1)), -- the customer sends it; never bought
  on_hand INTEGER NOT NULL DEFAULT 0, -- stock in the warehouse, holds included
  on_hold INTEGER NOT NULL DEFAULT 0, -- part of the stock that may not be used (inspection, rejected, frozen)
  safety_stock INTEGER NOT NULL DEFAULT 0,
  lead_days INTEGER NOT NULL DEFAULT 0, -- working days to buy or make
  moq INTEGER NOT NULL DEFAULT 0, -- minimum order quantity; zero: none
  multiple INTEGER NOT NULL DEFAULT 0, -- order multiple; zero: none
  max_lot INTEGER NOT NULL DEFAULT 0, -- largest lot; zero: none
  group_days INTEGER NOT NULL DEFAULT 0, -- needs within so many days are bought together; zero: each on its own
  supplier_id INTEGER REFERENCES supplier (id) ON DELETE RESTRICT,
  assembly_wastage INTEGER NOT NULL DEFAULT 0, -- share lost when assembling this item
  UNIQUE (code)
) STRICT;
CREATE INDEX item_supplier_id ON item (supplier_id);

-- What one piece of an item consumes.
CREATE TABLE bom_line (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE RESTRICT,
  component_id INTEGER NOT NULL REFERENCES item (id) ON DELETE RESTRICT,
  qty INTEGER NOT NULL DEFAULT 0, -- per piece
  fixed INTEGER NOT NULL DEFAULT 0, -- per lot
  wastage INTEGER NOT NULL DEFAULT 0, -- share; see the rule
  wastage_rule TEXT NOT NULL DEFAULT 'multiply' CHECK (wastage_rule IN ('multiply', 'divide')),
  operation INTEGER, -- sequence of the operation that needs it; none: the first
  UNIQUE (item_id, component_id, operation)
) STRICT;
CREATE INDEX bom_line_component_id ON bom_line (component_id);

-- One operation of an item's routing.
CREATE TABLE routing_step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE RESTRICT,
  seq INTEGER NOT NULL DEFAULT 0, -- 10, 20 ..
  name TEXT NOT NULL DEFAULT '',
  work_centre_id INTEGER NOT NULL REFERENCES work_centre (id) ON DELETE RESTRICT,
  setup_minutes INTEGER NOT NULL DEFAULT 0,
  minutes_per_unit INTEGER NOT NULL DEFAULT 0, -- standard minutes of one operator (SAM)
  wait_minutes INTEGER NOT NULL DEFAULT 0, -- calendar minutes before the next operation may start (drying, ageing)
  transfer_qty INTEGER NOT NULL DEFAULT 0, -- pieces passed on at once; zero: the whole lot
  outsource_days INTEGER, -- outside work of fixed days; none: made here
  UNIQUE (item_id, seq)
) STRICT;
CREATE INDEX routing_step_work_centre_id ON routing_step (work_centre_id);

-- A material that may stand in for another.
CREATE TABLE substitute (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE RESTRICT,
  substitute_id INTEGER NOT NULL REFERENCES item (id) ON DELETE RESTRICT,
  factor INTEGER NOT NULL DEFAULT 1000000, -- quantity of the substitute for one of the item
  approved_by TEXT NOT NULL DEFAULT '', -- empty: not approved yet
  UNIQUE (item_id, substitute_id)
) STRICT;
CREATE INDEX substitute_substitute_id ON substitute (substitute_id);

-- How much of an item's own unit one other unit holds.
CREATE TABLE unit_factor (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE RESTRICT,
  unit TEXT NOT NULL DEFAULT '',
  factor INTEGER NOT NULL DEFAULT 1000000,
  UNIQUE (item_id, unit)
) STRICT;

-- Customer orders and what was said and promised about them

-- A customer's order.
CREATE TABLE orders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  no TEXT NOT NULL DEFAULT '', -- own number, unique
  customer_id INTEGER REFERENCES customer (id) ON DELETE RESTRICT, -- none: still to be asked
  customer_po TEXT NOT NULL DEFAULT '',
  customer_po_date TEXT CHECK (customer_po_date LIKE '____-__-__'),
  channel TEXT NOT NULL DEFAULT 'other' CHECK (channel IN ('email', 'phone', 'fax', 'other')),
  received_at TEXT CHECK (received_at LIKE '____-__-__T__:__'),
  received_from TEXT NOT NULL DEFAULT '', -- who said it
  words TEXT NOT NULL DEFAULT '', -- what was said or written, word for word
  currency TEXT NOT NULL DEFAULT '',
  price_terms TEXT NOT NULL DEFAULT '',
  payment_terms TEXT NOT NULL DEFAULT '',
  delivery_method TEXT NOT NULL DEFAULT '',
  packaging TEXT NOT NULL DEFAULT '',
  ship_to TEXT NOT NULL DEFAULT '',
  remarks TEXT NOT NULL DEFAULT '',
  priority INTEGER, -- factor on the customer's weight
  policy TEXT NOT NULL DEFAULT 'split' CHECK (policy IN ('split', 'all', 'none-late')),
  max_late_days INTEGER,
  min_shipment INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'declined', 'cancelled', 'closed')),
  on_hold INTEGER NOT NULL DEFAULT 0 CHECK (on_hold IN (0, 1)),
  state_reason TEXT NOT NULL DEFAULT '', -- why it was declined, cancelled, held
  repeat_of INTEGER REFERENCES orders (id) ON DELETE RESTRICT, -- the earlier order that this one repeats
  source_file_id INTEGER REFERENCES source_file (id) ON DELETE RESTRICT, -- the file it was imported from
  source_place TEXT NOT NULL DEFAULT '', -- sheet and row in that file
  shelf_day TEXT CHECK (shelf_day LIKE '____-__-__'), -- on the shelf: the last day on which anything happened
  UNIQUE (no)
) STRICT;
CREATE INDEX orders_shelf_day ON orders (shelf_day, no, customer_po, customer_id);
CREATE INDEX orders_customer_po ON orders (customer_po);
CREATE INDEX orders_customer_id ON orders (customer_id);
CREATE INDEX orders_repeat_of ON orders (repeat_of);
CREATE INDEX orders_source_file_id ON orders (source_file_id);

-- One product of an order.
CREATE TABLE order_line (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE RESTRICT,
  no INTEGER NOT NULL DEFAULT 0,
  item_id INTEGER REFERENCES item (id) ON DELETE RESTRICT, -- none: known by its text only
  item_code TEXT NOT NULL DEFAULT '', -- as the customer writes it
  name TEXT NOT NULL DEFAULT '',
  spec TEXT NOT NULL DEFAULT '',
  qty INTEGER NOT NULL DEFAULT 0,
  unit TEXT NOT NULL DEFAULT '',
  unit_price INTEGER,
  amount INTEGER, -- as the customer states it
  over_pct INTEGER NOT NULL DEFAULT 0, -- more-or-less tolerance upwards
  under_pct INTEGER NOT NULL DEFAULT 0, -- and downwards
  requested_date TEXT CHECK (requested_date LIKE '____-__-__'),
  promised_date TEXT CHECK (promised_date LIKE '____-__-__'), -- latest agreed date; every promise is a commitment
  cancelled_qty INTEGER NOT NULL DEFAULT 0,
  job_no TEXT NOT NULL DEFAULT '', -- the customer's job number, tells like lines apart
  note TEXT NOT NULL DEFAULT '',
  UNIQUE (order_id, no)
) STRICT;
CREATE INDEX order_line_item_id ON order_line (item_id);

-- A part delivery of an order line.
CREATE TABLE schedule_line (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  order_line_id INTEGER NOT NULL REFERENCES order_line (id) ON DELETE RESTRICT,
  qty INTEGER NOT NULL DEFAULT 0,
  requested_date TEXT CHECK (requested_date LIKE '____-__-__'),
  promised_date TEXT CHECK (promised_date LIKE '____-__-__')
) STRICT;
CREATE INDEX schedule_line_order_line_id ON schedule_line (order_line_id);

-- Quantity of one colour and size of an order line.
CREATE TABLE line_size (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  order_line_id INTEGER NOT NULL REFERENCES order_line (id) ON DELETE RESTRICT,
  colour TEXT NOT NULL DEFAULT '',
  size TEXT NOT NULL DEFAULT '',
  qty INTEGER NOT NULL DEFAULT 0,
  UNIQUE (order_line_id, colour, size)
) STRICT;

-- A promise made to the customer; never changed, only followed by another.
CREATE TABLE commitment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  order_line_id INTEGER NOT NULL REFERENCES order_line (id) ON DELETE RESTRICT,
  date TEXT NOT NULL CHECK (date LIKE '____-__-__'), -- the promised date
  made_on TEXT NOT NULL CHECK (made_on LIKE '____-__-__'),
  made_by TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL DEFAULT 'other' CHECK (channel IN ('email', 'phone', 'fax', 'other')),
  words TEXT NOT NULL DEFAULT '',
  authority TEXT NOT NULL DEFAULT '', -- who allowed it where it is beyond the user's own authority
  needs_authority INTEGER NOT NULL DEFAULT 0 CHECK (needs_authority IN (0, 1)), -- beyond the user's own authority
  reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX commitment_order_line_id ON commitment (order_line_id);

-- A numbered change of an order.
CREATE TABLE amendment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE RESTRICT,
  no INTEGER NOT NULL DEFAULT 0,
  made_on TEXT NOT NULL CHECK (made_on LIKE '____-__-__'),
  reason TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL DEFAULT '', -- what changes, as it was sent out
  UNIQUE (order_id, no)
) STRICT;

-- A department's word that it has seen an amendment.
CREATE TABLE acknowledgement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  amendment_id INTEGER NOT NULL REFERENCES amendment (id) ON DELETE RESTRICT,
  department TEXT NOT NULL DEFAULT 'production' CHECK (department IN ('sales', 'technical', 'purchasing', 'warehouse', 'production', 'qc', 'shipping', 'finance')),
  asked_on TEXT NOT NULL CHECK (asked_on LIKE '____-__-__'),
  seen_on TEXT CHECK (seen_on LIKE '____-__-__'),
  seen_by TEXT NOT NULL DEFAULT '',
  UNIQUE (amendment_id, department)
) STRICT;

-- Review points of an order, and the joint capacity review

-- The finding at one of the nine points.
CREATE TABLE review_point (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE RESTRICT,
  point TEXT NOT NULL DEFAULT 'name_spec' CHECK (point IN ('name_spec', 'quantity', 'unit_price', 'amount', 'delivery_date', 'delivery_method', 'price_terms', 'payment_terms', 'packaging')),
  value TEXT NOT NULL DEFAULT '', -- as read from the document
  document_id INTEGER REFERENCES document (id) ON DELETE RESTRICT,
  result TEXT NOT NULL DEFAULT 'pending' CHECK (result IN ('pending', 'ok', 'query', 'waived')),
  reason TEXT NOT NULL DEFAULT '', -- why it was waived or queried
  UNIQUE (order_id, point)
) STRICT;
CREATE INDEX review_point_document_id ON review_point (document_id);

-- A round of the joint review.
CREATE TABLE review_round (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE RESTRICT,
  no INTEGER NOT NULL DEFAULT 0,
  opened_on TEXT NOT NULL CHECK (opened_on LIKE '____-__-__'),
  snapshot TEXT NOT NULL DEFAULT '', -- the figures it stood on, as text
  UNIQUE (order_id, no)
) STRICT;

-- A department's answer in a round.
CREATE TABLE answer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  round_id INTEGER NOT NULL REFERENCES review_round (id) ON DELETE RESTRICT,
  department TEXT NOT NULL DEFAULT 'production' CHECK (department IN ('sales', 'technical', 'purchasing', 'warehouse', 'production', 'qc', 'shipping', 'finance')),
  asked_on TEXT NOT NULL CHECK (asked_on LIKE '____-__-__'),
  answered_on TEXT CHECK (answered_on LIKE '____-__-__'), -- none: still silent
  date TEXT CHECK (date LIKE '____-__-__'), -- the day by which it can be done
  days INTEGER, -- or the days it takes
  satisfied INTEGER CHECK (satisfied IN (0, 1)), -- yes or no; none: not said
  risk TEXT NOT NULL DEFAULT '',
  countermeasure TEXT NOT NULL DEFAULT '',
  carried INTEGER NOT NULL DEFAULT 0 CHECK (carried IN (0, 1)), -- taken over from the round before
  UNIQUE (round_id, department)
) STRICT;

-- How a round ended.
CREATE TABLE decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL DEFAULT 'accept' CHECK (kind IN ('accept', 'counter', 'decline')),
  date TEXT CHECK (date LIKE '____-__-__'), -- promised or offered date
  decided_on TEXT NOT NULL CHECK (decided_on LIKE '____-__-__'),
  round INTEGER NOT NULL DEFAULT 0, -- number of the round it ended; zero: none, or not known
  authority TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX decision_order_id ON decision (order_id);

-- Documents, facts, queries, samples and milestones of an order

-- A document that came in.
CREATE TABLE document (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL DEFAULT 'other' CHECK (kind IN ('customer_order_sheet', 'process_sheet', 'final_approved_sample', 'approval_comments', 'correction_notice', 'customer_sample', 'drawing', 'mail', 'other')),
  title TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'in_question', 'confirmed', 'superseded')),
  version INTEGER NOT NULL DEFAULT 1,
  date TEXT CHECK (date LIKE '____-__-__'), -- received on
  file_hash TEXT NOT NULL DEFAULT '', -- content name of the kept file; empty: a note only
  file_name TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX document_order_id ON document (order_id);

-- What one document says about one thing.
CREATE TABLE fact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE RESTRICT,
  document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE RESTRICT,
  key TEXT NOT NULL DEFAULT '', -- colour, size, composition ..
  value TEXT NOT NULL DEFAULT '',
  unit TEXT NOT NULL DEFAULT '',
  critical INTEGER NOT NULL DEFAULT 0 CHECK (critical IN (0, 1)), -- an open conflict blocks release
  UNIQUE (document_id, key)
) STRICT;
CREATE INDEX fact_order_id ON fact (order_id);

-- Two names for the same thing.
CREATE TABLE alias (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL DEFAULT '', -- colour, unit ..
  name TEXT NOT NULL DEFAULT '',
  canonical TEXT NOT NULL DEFAULT '',
  UNIQUE (kind, name)
) STRICT;

-- A question to a department.
CREATE TABLE query (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  no TEXT NOT NULL DEFAULT '', -- unique
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE RESTRICT,
  department TEXT NOT NULL DEFAULT 'technical' CHECK (department IN ('sales', 'technical', 'purchasing', 'warehouse', 'production', 'qc', 'shipping', 'finance')),
  topic TEXT NOT NULL DEFAULT '', -- review point, fact or document it is about
  question TEXT NOT NULL DEFAULT '',
  raised_on TEXT NOT NULL CHECK (raised_on LIKE '____-__-__'),
  due TEXT CHECK (due LIKE '____-__-__'),
  answered_on TEXT CHECK (answered_on LIKE '____-__-__'),
  answered_by TEXT NOT NULL DEFAULT '',
  answer TEXT NOT NULL DEFAULT '',
  effect TEXT NOT NULL DEFAULT '', -- what it settled or corrected
  UNIQUE (no)
) STRICT;
CREATE INDEX query_order_id ON query (order_id);

-- A round of a sample.
CREATE TABLE sample (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL DEFAULT 'proto' CHECK (kind IN ('proto', 'fit', 'size_set', 'lab_dip', 'pre_production', 'shipment')),
  round INTEGER NOT NULL DEFAULT 1,
  due TEXT CHECK (due LIKE '____-__-__'),
  sent_on TEXT CHECK (sent_on LIKE '____-__-__'),
  courier TEXT NOT NULL DEFAULT '',
  verdict TEXT NOT NULL DEFAULT 'waiting' CHECK (verdict IN ('waiting', 'approved', 'approved_with_comments', 'rejected')),
  verdict_on TEXT CHECK (verdict_on LIKE '____-__-__'),
  comments TEXT NOT NULL DEFAULT '',
  UNIQUE (order_id, kind, round)
) STRICT;

-- A dated step of an order.
CREATE TABLE milestone (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE RESTRICT,
  seq INTEGER NOT NULL DEFAULT 0,
  code TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL DEFAULT '',
  owner TEXT NOT NULL DEFAULT 'sales' CHECK (owner IN ('sales', 'technical', 'purchasing', 'warehouse', 'production', 'qc', 'shipping', 'finance')),
  before TEXT NOT NULL DEFAULT '', -- the milestone it comes before; empty: the delivery
  days INTEGER NOT NULL DEFAULT 0, -- working days before it
  buffer INTEGER NOT NULL DEFAULT 0, -- how many of them were added because it was late before
  calendar TEXT NOT NULL DEFAULT '', -- code of a calendar; empty: the factory's, all: every day
  source TEXT NOT NULL DEFAULT '', -- the fact of another stage that does it
  planned TEXT CHECK (planned LIKE '____-__-__'),
  revised TEXT CHECK (revised LIKE '____-__-__'),
  revised_reason TEXT NOT NULL DEFAULT '',
  actual TEXT CHECK (actual LIKE '____-__-__'),
  critical INTEGER NOT NULL DEFAULT 0 CHECK (critical IN (0, 1)),
  UNIQUE (order_id, code)
) STRICT;

-- Production orders, their operations and accepted plans

-- An order to the factory.
CREATE TABLE production_order (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  no TEXT NOT NULL DEFAULT '', -- unique
  order_line_id INTEGER REFERENCES order_line (id) ON DELETE RESTRICT, -- none: for stock
  item_id INTEGER REFERENCES item (id) ON DELETE RESTRICT,
  qty INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'released', 'cancelled')),
  on_hold INTEGER NOT NULL DEFAULT 0 CHECK (on_hold IN (0, 1)),
  released_on TEXT CHECK (released_on LIKE '____-__-__'),
  override_reason TEXT NOT NULL DEFAULT '', -- why it was released in spite of what was missing
  note TEXT NOT NULL DEFAULT '',
  UNIQUE (no)
) STRICT;
CREATE INDEX production_order_order_line_id ON production_order (order_line_id);
CREATE INDEX production_order_item_id ON production_order (item_id);

-- A further order line that a merged production order is made for.
CREATE TABLE production_order_line (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  production_order_id INTEGER NOT NULL REFERENCES production_order (id) ON DELETE RESTRICT,
  order_line_id INTEGER NOT NULL REFERENCES order_line (id) ON DELETE RESTRICT,
  qty INTEGER NOT NULL DEFAULT 0, -- of the production order's; the rest is for its own order line
  UNIQUE (production_order_id, order_line_id)
) STRICT;
CREATE INDEX production_order_line_order_line_id ON production_order_line (order_line_id);

-- One operation of a production order.
CREATE TABLE operation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  production_order_id INTEGER NOT NULL REFERENCES production_order (id) ON DELETE RESTRICT,
  seq INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL DEFAULT '',
  work_centre_id INTEGER REFERENCES work_centre (id) ON DELETE RESTRICT,
  setup_minutes INTEGER NOT NULL DEFAULT 0,
  minutes_per_unit INTEGER NOT NULL DEFAULT 0,
  wait_minutes INTEGER NOT NULL DEFAULT 0,
  transfer_qty INTEGER NOT NULL DEFAULT 0,
  outsource_days INTEGER,
  line_id INTEGER REFERENCES line (id) ON DELETE RESTRICT, -- by the accepted plan
  starts TEXT CHECK (starts LIKE '____-__-__T__:__'), -- by the accepted plan
  ends TEXT CHECK (ends LIKE '____-__-__T__:__'), -- by the accepted plan
  pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)), -- line and start are not to be moved
  opening_qty INTEGER NOT NULL DEFAULT 0, -- good pieces done before daily reports began
  UNIQUE (production_order_id, seq)
) STRICT;
CREATE INDEX operation_work_centre_id ON operation (work_centre_id);
CREATE INDEX operation_line_id ON operation (line_id);

-- An accepted plan.
CREATE TABLE plan (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  accepted_at TEXT NOT NULL CHECK (accepted_at LIKE '____-__-__T__:__'),
  accepted_by TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT ''
) STRICT;

-- Where an accepted plan put an operation.
CREATE TABLE plan_row (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  plan_id INTEGER NOT NULL REFERENCES plan (id) ON DELETE RESTRICT,
  operation_id INTEGER NOT NULL REFERENCES operation (id) ON DELETE RESTRICT,
  line_id INTEGER REFERENCES line (id) ON DELETE RESTRICT,
  starts TEXT NOT NULL CHECK (starts LIKE '____-__-__T__:__'),
  ends TEXT NOT NULL CHECK (ends LIKE '____-__-__T__:__'),
  UNIQUE (plan_id, operation_id)
) STRICT;
CREATE INDEX plan_row_operation_id ON plan_row (operation_id);
CREATE INDEX plan_row_line_id ON plan_row (line_id);

-- Purchase lines, suppliers' promises and receipts

-- A purchase line.
CREATE TABLE purchase (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  no TEXT NOT NULL DEFAULT '', -- purchase order number
  line INTEGER NOT NULL DEFAULT 1,
  item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE RESTRICT,
  supplier_id INTEGER REFERENCES supplier (id) ON DELETE RESTRICT,
  order_id INTEGER REFERENCES orders (id) ON DELETE RESTRICT, -- the order it is bought for
  qty INTEGER NOT NULL DEFAULT 0,
  unit TEXT NOT NULL DEFAULT '',
  unit_price INTEGER,
  ordered_on TEXT CHECK (ordered_on LIKE '____-__-__'),
  required_date TEXT CHECK (required_date LIKE '____-__-__'), -- needed by
  deposit_due TEXT CHECK (deposit_due LIKE '____-__-__'), -- when the supplier wants a deposit
  deposit_paid_on TEXT CHECK (deposit_paid_on LIKE '____-__-__'),
  over_pct INTEGER NOT NULL DEFAULT 0,
  under_pct INTEGER NOT NULL DEFAULT 0,
  closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1)), -- nothing more will come
  note TEXT NOT NULL DEFAULT '',
  shelf_day TEXT CHECK (shelf_day LIKE '____-__-__'), -- on the shelf: the last day on which anything happened
  UNIQUE (no, line)
) STRICT;
CREATE INDEX purchase_shelf_day ON purchase (shelf_day);
CREATE INDEX purchase_item_id ON purchase (item_id);
CREATE INDEX purchase_supplier_id ON purchase (supplier_id);
CREATE INDEX purchase_order_id ON purchase (order_id);

-- A date the supplier gave; never changed, only followed by another.
CREATE TABLE promise (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  purchase_id INTEGER NOT NULL REFERENCES purchase (id) ON DELETE RESTRICT,
  date TEXT NOT NULL CHECK (date LIKE '____-__-__'),
  qty INTEGER NOT NULL DEFAULT 0, -- zero: all that is open
  said_on TEXT NOT NULL CHECK (said_on LIKE '____-__-__'),
  said_by TEXT NOT NULL DEFAULT '',
  firmness TEXT NOT NULL DEFAULT 'written' CHECK (firmness IN ('written', 'spoken', 'estimated', 'unknown')),
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX promise_purchase_id ON promise (purchase_id);

-- Goods that arrived, the verdict on held ones, or goods that went back.
CREATE TABLE receipt (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  purchase_id INTEGER NOT NULL REFERENCES purchase (id) ON DELETE RESTRICT,
  date TEXT NOT NULL CHECK (date LIKE '____-__-__'),
  kind TEXT NOT NULL DEFAULT 'arrival' CHECK (kind IN ('arrival', 'inspection', 'return')),
  accepted INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  held INTEGER NOT NULL DEFAULT 0, -- waiting for inspection
  credited INTEGER NOT NULL DEFAULT 0, -- not to be replaced
  document TEXT NOT NULL DEFAULT '', -- delivery note
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX receipt_purchase_id ON receipt (purchase_id);

-- Stock, or a part of what is still to come, set aside by hand.
CREATE TABLE reservation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE RESTRICT,
  purchase_id INTEGER REFERENCES purchase (id) ON DELETE RESTRICT, -- of what comes on this line; none: of the stock
  production_order_id INTEGER REFERENCES production_order (id) ON DELETE RESTRICT, -- for whom
  order_line_id INTEGER REFERENCES order_line (id) ON DELETE RESTRICT, -- for whom, where there is no production order yet
  qty INTEGER NOT NULL DEFAULT 0,
  made_on TEXT NOT NULL CHECK (made_on LIKE '____-__-__'),
  reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX reservation_item_id ON reservation (item_id);
CREATE INDEX reservation_purchase_id ON reservation (purchase_id);
CREATE INDEX reservation_production_order_id ON reservation (production_order_id);
CREATE INDEX reservation_order_line_id ON reservation (order_line_id);

-- Reported production, inspections and shipments

-- A day's figures of one operation.
CREATE TABLE progress (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  operation_id INTEGER NOT NULL REFERENCES operation (id) ON DELETE RESTRICT,
  date TEXT NOT NULL CHECK (date LIKE '____-__-__'),
  good INTEGER NOT NULL DEFAULT 0,
  defect INTEGER NOT NULL DEFAULT 0,
  rework INTEGER NOT NULL DEFAULT 0,
  scrap INTEGER NOT NULL DEFAULT 0,
  shift TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  corrects INTEGER REFERENCES progress (id) ON DELETE RESTRICT -- the earlier figure that this one replaces
) STRICT;
CREATE INDEX progress_operation_id ON progress (operation_id);
CREATE INDEX progress_corrects ON progress (corrects);

-- Goods that leave.
CREATE TABLE shipment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  no TEXT NOT NULL DEFAULT '', -- unique
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE RESTRICT,
  planned TEXT CHECK (planned LIKE '____-__-__'),
  shipped_on TEXT CHECK (shipped_on LIKE '____-__-__'),
  method TEXT NOT NULL DEFAULT '',
  booking_no TEXT NOT NULL DEFAULT '',
  cut_off TEXT CHECK (cut_off LIKE '____-__-__T__:__'),
  vessel TEXT NOT NULL DEFAULT '',
  bl_no TEXT NOT NULL DEFAULT '',
  cancelled_on TEXT CHECK (cancelled_on LIKE '____-__-__'), -- it will not take place
  note TEXT NOT NULL DEFAULT '',
  UNIQUE (no)
) STRICT;
CREATE INDEX shipment_order_id ON shipment (order_id);

-- Quantity of an order line in a shipment.
CREATE TABLE shipment_line (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  shipment_id INTEGER NOT NULL REFERENCES shipment (id) ON DELETE RESTRICT,
  order_line_id INTEGER NOT NULL REFERENCES order_line (id) ON DELETE RESTRICT,
  qty INTEGER NOT NULL DEFAULT 0,
  UNIQUE (shipment_id, order_line_id)
) STRICT;
CREATE INDEX shipment_line_order_line_id ON shipment_line (order_line_id);

-- Cartons of one content.
CREATE TABLE carton (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  shipment_id INTEGER NOT NULL REFERENCES shipment (id) ON DELETE RESTRICT,
  order_line_id INTEGER REFERENCES order_line (id) ON DELETE RESTRICT,
  colour TEXT NOT NULL DEFAULT '',
  size TEXT NOT NULL DEFAULT '',
  per_carton INTEGER NOT NULL DEFAULT 0,
  cartons INTEGER NOT NULL DEFAULT 0,
  first_no INTEGER NOT NULL DEFAULT 0,
  length_mm INTEGER NOT NULL DEFAULT 0,
  width_mm INTEGER NOT NULL DEFAULT 0,
  height_mm INTEGER NOT NULL DEFAULT 0,
  gross_kg INTEGER NOT NULL DEFAULT 0,
  net_kg INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX carton_shipment_id ON carton (shipment_id);
CREATE INDEX carton_order_line_id ON carton (order_line_id);

-- A paper that a shipment needs.
CREATE TABLE export_paper (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  shipment_id INTEGER NOT NULL REFERENCES shipment (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL DEFAULT 'other' CHECK (kind IN ('customs_declaration', 'bill_of_lading', 'air_waybill', 'waybill', 'packing_list', 'commercial_invoice', 'certificate_of_origin', 'insurance_policy', 'letter_of_credit', 'collection', 'other')),
  owner TEXT NOT NULL DEFAULT 'shipping' CHECK (owner IN ('sales', 'technical', 'purchasing', 'warehouse', 'production', 'qc', 'shipping', 'finance')),
  due TEXT CHECK (due LIKE '____-__-__'),
  done_on TEXT CHECK (done_on LIKE '____-__-__'),
  number TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX export_paper_shipment_id ON export_paper (shipment_id);

-- An inspection of a lot.
CREATE TABLE inspection (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE RESTRICT,
  production_order_id INTEGER REFERENCES production_order (id) ON DELETE RESTRICT, -- whose pieces it is about
  shipment_id INTEGER REFERENCES shipment (id) ON DELETE RESTRICT, -- whose pieces it is about
  re_of INTEGER REFERENCES inspection (id) ON DELETE RESTRICT, -- the failed one that it repeats
  kind TEXT NOT NULL DEFAULT 'final' CHECK (kind IN ('initial', 'middle', 'final')),
  planned TEXT CHECK (planned LIKE '____-__-__'),
  done_on TEXT CHECK (done_on LIKE '____-__-__'),
  lot INTEGER NOT NULL DEFAULT 0,
  level TEXT NOT NULL DEFAULT '', -- ISO 2859-1 level
  aql TEXT NOT NULL DEFAULT '', -- by class: major/minor, or critical/major/minor
  sample INTEGER NOT NULL DEFAULT 0,
  accept INTEGER NOT NULL DEFAULT 0, -- Ac of major defects where agreed otherwise
  reject INTEGER NOT NULL DEFAULT 0, -- Re of major defects where agreed otherwise; 0: it follows
  critical INTEGER NOT NULL DEFAULT 0,
  major INTEGER NOT NULL DEFAULT 0,
  minor INTEGER NOT NULL DEFAULT 0,
  result TEXT NOT NULL DEFAULT 'pending' CHECK (result IN ('pending', 'passed', 'failed')),
  override_reason TEXT NOT NULL DEFAULT '', -- why the result is not what the counts give
  defects TEXT NOT NULL DEFAULT '', -- what was found, in words
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX inspection_order_id ON inspection (order_id);
CREATE INDEX inspection_production_order_id ON inspection (production_order_id);
CREATE INDEX inspection_shipment_id ON inspection (shipment_id);
CREATE INDEX inspection_re_of ON inspection (re_of);

-- What a letter of credit says about quantity, amount and dates.
CREATE TABLE credit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE RESTRICT,
  no TEXT NOT NULL DEFAULT '',
  amount INTEGER, -- in the order's currency
  about INTEGER NOT NULL DEFAULT 0 CHECK (about IN (0, 1)), -- "about" before amount and quantity
  tolerance INTEGER NOT NULL DEFAULT 0, -- more or less in so many words; 0: it says nothing
  in_units INTEGER NOT NULL DEFAULT 0 CHECK (in_units IN (0, 1)), -- quantity in packing units or single items
  no_partial INTEGER NOT NULL DEFAULT 0 CHECK (no_partial IN (0, 1)), -- partial shipments are not allowed
  latest_shipment TEXT CHECK (latest_shipment LIKE '____-__-__'),
  expiry TEXT CHECK (expiry LIKE '____-__-__'),
  presentation_days INTEGER NOT NULL DEFAULT 0, -- calendar days after shipment; 0: 21
  UNIQUE (order_id)
) STRICT;

-- What went wrong, what was decided, what was learned

-- Something that went wrong.
CREATE TABLE exception (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  no TEXT NOT NULL DEFAULT '', -- unique
  order_id INTEGER REFERENCES orders (id) ON DELETE RESTRICT,
  production_order_id INTEGER REFERENCES production_order (id) ON DELETE RESTRICT,
  purchase_id INTEGER REFERENCES purchase (id) ON DELETE RESTRICT,
  stage TEXT NOT NULL DEFAULT 'progress' CHECK (stage IN ('today', 'intake', 'capacity', 'schedule', 'materials', 'progress', 'exceptions')),
  reported_at TEXT NOT NULL CHECK (reported_at LIKE '____-__-__T__:__'),
  reported_by TEXT NOT NULL DEFAULT '',
  happened_at TEXT CHECK (happened_at LIKE '____-__-__T__:__'), -- none: when it was reported
  what TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '', -- where
  why TEXT NOT NULL DEFAULT '', -- first guess
  how TEXT NOT NULL DEFAULT '', -- how it came about, or was found
  quantity INTEGER NOT NULL DEFAULT 0,
  severity TEXT NOT NULL DEFAULT 'minor' CHECK (severity IN ('critical', 'major', 'minor')),
  department TEXT NOT NULL DEFAULT 'production' CHECK (department IN ('sales', 'technical', 'purchasing', 'warehouse', 'production', 'qc', 'shipping', 'finance')), -- responsible department
  cause TEXT CHECK (cause IN ('customer', 'supplier', 'department', 'ourselves', 'external')),
  factor TEXT CHECK (factor IN ('people', 'machine', 'material', 'method', 'environment', 'measurement')),
  containment TEXT NOT NULL DEFAULT '',
  contained_at TEXT CHECK (contained_at LIKE '____-__-__T__:__'),
  analysis TEXT NOT NULL DEFAULT '', -- root cause
  decision_needed TEXT NOT NULL DEFAULT '',
  decide_by_who TEXT NOT NULL DEFAULT '',
  decide_by TEXT CHECK (decide_by LIKE '____-__-__'),
  default_action TEXT NOT NULL DEFAULT '', -- what happens where nobody decides by then
  decision TEXT NOT NULL DEFAULT '',
  decided_by TEXT NOT NULL DEFAULT '',
  authority TEXT NOT NULL DEFAULT '', -- on whose authority, and how it was said
  decided_on TEXT CHECK (decided_on LIKE '____-__-__'),
  corrective TEXT NOT NULL DEFAULT '',
  preventive TEXT NOT NULL DEFAULT '',
  owner TEXT NOT NULL DEFAULT '',
  act_by TEXT CHECK (act_by LIKE '____-__-__'),
  acted_on TEXT CHECK (acted_on LIKE '____-__-__'),
  verified_on TEXT CHECK (verified_on LIKE '____-__-__'),
  verification TEXT NOT NULL DEFAULT '', -- what the verification saw
  closed_on TEXT CHECK (closed_on LIKE '____-__-__'),
  difficulty TEXT NOT NULL DEFAULT '',
  solution TEXT NOT NULL DEFAULT '', -- what worked
  reopened INTEGER NOT NULL DEFAULT 0, -- times reopened
  escalated_level INTEGER NOT NULL DEFAULT 0, -- zero: none
  escalated_to TEXT NOT NULL DEFAULT '',
  escalated_at TEXT CHECK (escalated_at LIKE '____-__-__T__:__'),
  told_on TEXT CHECK (told_on LIKE '____-__-__'), -- when the customer was told
  told TEXT NOT NULL DEFAULT '', -- what the customer was told
  merged_into INTEGER REFERENCES exception (id) ON DELETE RESTRICT, -- tells of the same thing; this one is done with
  UNIQUE (no)
) STRICT;
CREATE INDEX exception_order_id ON exception (order_id);
CREATE INDEX exception_production_order_id ON exception (production_order_id);
CREATE INDEX exception_purchase_id ON exception (purchase_id);
CREATE INDEX exception_merged_into ON exception (merged_into);

-- A way out of an exception.
CREATE TABLE exception_option (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  exception_id INTEGER NOT NULL REFERENCES exception (id) ON DELETE RESTRICT,
  text TEXT NOT NULL DEFAULT '',
  date TEXT CHECK (date LIKE '____-__-__'),
  cost INTEGER,
  risk TEXT NOT NULL DEFAULT '',
  chosen INTEGER NOT NULL DEFAULT 0 CHECK (chosen IN (0, 1)),
  kind TEXT NOT NULL DEFAULT 'words' CHECK (kind IN ('words', 'overtime', 'other_line', 'parts', 'expedite')),
  work_centre_id INTEGER REFERENCES work_centre (id) ON DELETE RESTRICT, -- where there is overtime
  line_id INTEGER REFERENCES line (id) ON DELETE RESTRICT, -- the line with overtime, or to go to
  starts TEXT CHECK (starts LIKE '____-__-__T__:__'), -- from when to when there is overtime
  ends TEXT CHECK (ends LIKE '____-__-__T__:__'),
  purchase_id INTEGER REFERENCES purchase (id) ON DELETE RESTRICT, -- what is expedited
  arrives TEXT CHECK (arrives LIKE '____-__-__'), -- when it would arrive
  production_order_id INTEGER REFERENCES production_order (id) ON DELETE RESTRICT, -- changes line, or is delivered in parts
  seq INTEGER NOT NULL DEFAULT 0, -- the operation that changes line
  qty INTEGER NOT NULL DEFAULT 0, -- the first part
  concession INTEGER NOT NULL DEFAULT 0 CHECK (concession IN (0, 1)), -- the customer has to accept goods that differ
  lower_price INTEGER NOT NULL DEFAULT 0 CHECK (lower_price IN (0, 1)) -- the customer pays less
) STRICT;
CREATE INDEX exception_option_exception_id ON exception_option (exception_id);
CREATE INDEX exception_option_work_centre_id ON exception_option (work_centre_id);
CREATE INDEX exception_option_line_id ON exception_option (line_id);
CREATE INDEX exception_option_purchase_id ON exception_option (purchase_id);
CREATE INDEX exception_option_production_order_id ON exception_option (production_order_id);

-- What an exception does to the plan: a fact the planner counts with.
CREATE TABLE exception_effect (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  exception_id INTEGER NOT NULL REFERENCES exception (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL DEFAULT 'outage' CHECK (kind IN ('outage', 'absence', 'delay', 'shortage', 'loss', 'rework', 'hold')),
  entered_on TEXT NOT NULL CHECK (entered_on LIKE '____-__-__'),
  work_centre_id INTEGER REFERENCES work_centre (id) ON DELETE RESTRICT, -- where time is lost
  line_id INTEGER REFERENCES line (id) ON DELETE RESTRICT, -- none: every line of the work centre
  starts TEXT CHECK (starts LIKE '____-__-__T__:__'), -- from when to when time is lost
  ends TEXT CHECK (ends LIKE '____-__-__T__:__'),
  share INTEGER NOT NULL DEFAULT 0, -- share of the operators that is missing
  purchase_id INTEGER REFERENCES purchase (id) ON DELETE RESTRICT, -- late or short
  order_id INTEGER REFERENCES orders (id) ON DELETE RESTRICT, -- on hold
  production_order_id INTEGER REFERENCES production_order (id) ON DELETE RESTRICT, -- on hold, or lost pieces
  seq INTEGER NOT NULL DEFAULT 0, -- the operation at which pieces were lost
  date TEXT CHECK (date LIKE '____-__-__'), -- when the purchase line comes, or the hold ends
  qty INTEGER NOT NULL DEFAULT 0 -- pieces lost, or missing of the purchase line
) STRICT;
CREATE INDEX exception_effect_exception_id ON exception_effect (exception_id);
CREATE INDEX exception_effect_work_centre_id ON exception_effect (work_centre_id);
CREATE INDEX exception_effect_line_id ON exception_effect (line_id);
CREATE INDEX exception_effect_purchase_id ON exception_effect (purchase_id);
CREATE INDEX exception_effect_order_id ON exception_effect (order_id);
CREATE INDEX exception_effect_production_order_id ON exception_effect (production_order_id);

-- Something that has to be done about an exception.
CREATE TABLE exception_action (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  exception_id INTEGER NOT NULL REFERENCES exception (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL DEFAULT 'corrective' CHECK (kind IN ('corrective', 'preventive')),
  text TEXT NOT NULL DEFAULT '',
  owner TEXT NOT NULL DEFAULT '',
  due TEXT CHECK (due LIKE '____-__-__'),
  done_on TEXT CHECK (done_on LIKE '____-__-__'),
  verified_on TEXT CHECK (verified_on LIKE '____-__-__'),
  result TEXT NOT NULL DEFAULT '' -- what came of it
) STRICT;
CREATE INDEX exception_action_exception_id ON exception_action (exception_id);

-- A file that shows what happened.
CREATE TABLE exception_evidence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  exception_id INTEGER NOT NULL REFERENCES exception (id) ON DELETE RESTRICT,
  title TEXT NOT NULL DEFAULT '',
  date TEXT CHECK (date LIKE '____-__-__'),
  file_hash TEXT NOT NULL DEFAULT '', -- content name of the kept file; empty: a note only
  file_name TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX exception_evidence_exception_id ON exception_evidence (exception_id);

-- A further order that an exception hits.
CREATE TABLE exception_order (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  exception_id INTEGER NOT NULL REFERENCES exception (id) ON DELETE RESTRICT,
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE RESTRICT,
  UNIQUE (exception_id, order_id)
) STRICT;
CREATE INDEX exception_order_order_id ON exception_order (order_id);

-- What an exception taught.
CREATE TABLE lesson (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  exception_id INTEGER REFERENCES exception (id) ON DELETE RESTRICT,
  customer_id INTEGER REFERENCES customer (id) ON DELETE RESTRICT,
  family TEXT NOT NULL DEFAULT '',
  item_id INTEGER REFERENCES item (id) ON DELETE RESTRICT,
  supplier_id INTEGER REFERENCES supplier (id) ON DELETE RESTRICT,
  symptom TEXT NOT NULL DEFAULT '',
  solution TEXT NOT NULL DEFAULT '',
  prevention TEXT NOT NULL DEFAULT '',
  tags TEXT NOT NULL DEFAULT '',
  retired_on TEXT CHECK (retired_on LIKE '____-__-__'), -- kept, but not proposed from then on
  retired_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX lesson_exception_id ON lesson (exception_id);
CREATE INDEX lesson_customer_id ON lesson (customer_id);
CREATE INDEX lesson_item_id ON lesson (item_id);
CREATE INDEX lesson_supplier_id ON lesson (supplier_id);

-- A lesson ticked or waived at an order.
CREATE TABLE lesson_use (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  lesson_id INTEGER NOT NULL REFERENCES lesson (id) ON DELETE RESTRICT,
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE RESTRICT,
  ticked INTEGER NOT NULL DEFAULT 0 CHECK (ticked IN (0, 1)),
  reason TEXT NOT NULL DEFAULT '',
  helped INTEGER CHECK (helped IN (0, 1)),
  used_on TEXT CHECK (used_on LIKE '____-__-__'), -- when it was ticked or waived
  UNIQUE (lesson_id, order_id)
) STRICT;
CREATE INDEX lesson_use_order_id ON lesson_use (order_id);

-- Chases, snoozes, hand-overs and where data came from

-- A chase and its answer.
CREATE TABLE chase (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  subject TEXT NOT NULL DEFAULT 'purchase' CHECK (subject IN ('order', 'purchase', 'query', 'answer', 'document', 'sample', 'exception', 'production_order', 'shipment', 'milestone')),
  subject_id INTEGER NOT NULL DEFAULT 0,
  order_id INTEGER REFERENCES orders (id) ON DELETE RESTRICT,
  at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__'),
  how TEXT NOT NULL DEFAULT 'chat' CHECK (how IN ('chat', 'phone', 'mail', 'visit')),
  result TEXT NOT NULL DEFAULT 'no_answer' CHECK (result IN ('accepted', 'rescheduled', 'partial', 'substituted', 'rejected', 'no_answer')),
  answer TEXT NOT NULL DEFAULT '',
  new_date TEXT CHECK (new_date LIKE '____-__-__'),
  next_on TEXT CHECK (next_on LIKE '____-__-__')
) STRICT;
CREATE INDEX chase_subject_id ON chase (subject_id);
CREATE INDEX chase_order_id ON chase (order_id);

-- A thing put off to a day.
CREATE TABLE snooze (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  subject TEXT NOT NULL DEFAULT 'order' CHECK (subject IN ('order', 'purchase', 'query', 'answer', 'document', 'sample', 'exception', 'production_order', 'shipment', 'milestone')),
  subject_id INTEGER NOT NULL DEFAULT 0,
  until TEXT NOT NULL CHECK (until LIKE '____-__-__'),
  reason TEXT NOT NULL DEFAULT '',
  seen TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX snooze_subject_id ON snooze (subject_id);

-- A report handed over.
CREATE TABLE handover (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  report TEXT NOT NULL DEFAULT '',
  order_id INTEGER REFERENCES orders (id) ON DELETE RESTRICT,
  handed_to TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__'),
  content TEXT NOT NULL DEFAULT '' -- what it held, to mark what changed since
) STRICT;
CREATE INDEX handover_order_id ON handover (order_id);

-- A file that data came from, kept by content.
CREATE TABLE source_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  hash TEXT NOT NULL DEFAULT '', -- content name, unique
  name TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL DEFAULT '',
  size INTEGER NOT NULL DEFAULT 0,
  filed_at TEXT NOT NULL CHECK (filed_at LIKE '____-__-__T__:__'),
  UNIQUE (hash)
) STRICT;

-- How a sender's headings were understood.
CREATE TABLE heading_map (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  sender TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL DEFAULT '',
  map TEXT NOT NULL DEFAULT '', -- headings and fields as JSON text
  UNIQUE (sender, kind)
) STRICT;

-- A setting of the factory.
CREATE TABLE setting (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision INTEGER NOT NULL DEFAULT 0,
  key TEXT NOT NULL DEFAULT '',
  value TEXT NOT NULL DEFAULT '',
  UNIQUE (key)
) STRICT;
-- What was changed, by whom and when; nothing here is ever overwritten but what says that it was
-- taken back or archived, and only an archive that was written first takes values out

-- One change a user made, of any number of rows.
CREATE TABLE change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL, -- UTC
  who TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL DEFAULT 'edit' CHECK (kind IN ('edit', 'undo', 'redo', 'restore', 'archive', 'past')), -- past: came with an interchange file
  what TEXT NOT NULL, -- code of the sentence
  args TEXT NOT NULL DEFAULT '[]', -- what fills its marks, as JSON
  order_no TEXT NOT NULL DEFAULT '', -- the order it is about
  past_kind TEXT NOT NULL DEFAULT '' CHECK (past_kind IN ('', 'edit', 'undo', 'redo')), -- what a past change was in its own file
  past_undone INTEGER NOT NULL DEFAULT 0 CHECK (past_undone IN (0, 1)), -- whether it was taken back there
  reverts INTEGER REFERENCES change (id) ON DELETE RESTRICT, -- the change that this one takes back
  undone_by INTEGER REFERENCES change (id) ON DELETE RESTRICT,
  archived_by INTEGER REFERENCES change (id) ON DELETE RESTRICT, -- the change that put its values elsewhere
  kept_rows TEXT NOT NULL DEFAULT '' -- table and id of the rows it wrote, as JSON, once its values are elsewhere
) STRICT;
CREATE INDEX change_order_no ON change (order_no);
CREATE INDEX change_what ON change (what);

-- One value that a change wrote; a whole row as JSON where it was inserted or deleted.
CREATE TABLE change_row (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  change_id INTEGER NOT NULL REFERENCES change (id) ON DELETE RESTRICT,
  tab TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  op TEXT NOT NULL CHECK (op IN ('insert', 'update', 'delete')),
  field TEXT NOT NULL DEFAULT '',
  old TEXT NOT NULL DEFAULT 'null', -- as JSON
  new TEXT NOT NULL DEFAULT 'null' -- as JSON
) STRICT;
CREATE INDEX change_row_change_id ON change_row (change_id);

-- Where the journal starts: a row as it stood before the entries that are still here. Empty but for what
-- a new file starts with, until values are archived.
CREATE TABLE baseline (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tab TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  row TEXT NOT NULL, -- as JSON; null where it did not exist any more
  through INTEGER NOT NULL DEFAULT 0, -- the last change it holds; the row's entries up to it are not counted again
  slack INTEGER NOT NULL DEFAULT 0, -- by how much its revision may be higher
  UNIQUE (tab, row_id)
) STRICT;

-- What was typed into a form and not saved yet; the one table of contents outside the journal.
CREATE TABLE draft (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  form TEXT NOT NULL,
  subject INTEGER NOT NULL DEFAULT 0, -- the row the form edits; zero for a new one
  at TEXT NOT NULL, -- UTC
  fields TEXT NOT NULL, -- as JSON
  session TEXT NOT NULL DEFAULT '', -- whose it is: two sessions may type into the same form
  UNIQUE (form, subject, session)
) STRICT;
