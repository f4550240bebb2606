//! Everything a key can ask for: one row of a table per action.
//!
//! The key map binds names to keys; the hint bar, help, the palette and README's key table are made
//! from the same rows.

use crate::domain::codes::Stage;
use crate::text::{Word, word};

/// Something the user can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    Quit,
    Help,
    Palette,
    Jump,
    Filter,
    Sort,
    SortReverse,
    Undo,
    Redo,
    Language,
    Redraw,
    Menu,
    History,
    CopyFile,
    Theme,
    Mouse,
    Tour,
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    NextPart,
    PrevPart,
    Left,
    Right,
    Open,
    Back,
    ColumnsLeft,
    ColumnsRight,
    SwitchView,
    SwitchLoad,
    ZoomIn,
    ZoomOut,
    ToToday,
    Today,
    Intake,
    Capacity,
    Schedule,
    Materials,
    Progress,
    Exceptions,
    RaiseException,
    Chase,
    CopyMessage,
    Snooze,
    WriteReport,
    WhatIf,
    Summary,
    Sampling,
    Lessons,
    CheckFile,
    Settle,
    Wake,
    Morning,
    NewOrder,
    ImportFile,
    EditOrder,
    AddLine,
    PointOk,
    PointWaive,
    FileDocument,
    ConfirmDocument,
    AskQuery,
    AnswerQuery,
    HoldOrder,
    CancelOrder,
    RepeatOrder,
    Acknowledge,
    EnterFacts,
    Aliases,
    MakeMilestones,
    SaveTemplate,
    AddMargin,
    LessonHelped,
    AskDepartments,
    RecordAnswer,
    Decide,
    Rush,
    BlockCapacity,
    UnblockCapacity,
    MakeProduction,
    Release,
    HoldProduction,
    CancelProduction,
    AcceptPlan,
    Pin,
    Replan,
    MoveOperation,
    PlanRules,
    RuleEffects,
    SplitProduction,
    MergeProduction,
    ResizeProduction,
    Buy,
    Promise,
    Receive,
    ClosePurchase,
    CountStock,
    OrderList,
    ChangePurchase,
    InspectHeld,
    SendBack,
    Give,
    DropReservation,
    Substitute,
    Deposit,
    ImportSheet,
    Report,
    Correct,
    Inspect,
    Ship,
    CloseOrder,
    ReopenOrder,
    DayFigures,
    ImportFigures,
    PlanInspection,
    Book,
    Pack,
    Papers,
    AddPaper,
    PaperDays,
    Credit,
    Drop,
    WorkException,
    DecideException,
    CloseException,
    ReopenException,
    EnterEffect,
    AddOption,
    AddAction,
    Escalate,
    TellCustomer,
    PromiseDate,
    FileEvidence,
    MergeException,
    DropPiece,
    EscalationRules,
    Ledger,
}

/// Where an action belongs in help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Global,
    Move,
    /// In the Gantt chart and the load map.
    Picture,
    Go,
    Any,
    Today,
    Intake,
    Capacity,
    Schedule,
    Materials,
    Progress,
    Exceptions,
}

/// A row of the action table.
#[derive(Debug, Clone, Copy)]
pub struct Info {
    pub action: Action,
    /// Name in the key map.
    pub name: &'static str,
    /// Short word for the hint bar.
    pub word: Word,
    /// What it does, for help and the palette.
    pub help: Word,
    pub group: Group,
}

/// The action table, in the order of help.
#[rustfmt::skip]
pub const ACTIONS: &[Info] = &[
    Info { action: Action::Quit, name: "app.quit", word: word("退出", "Quit"), help: word("退出程序；数据已保存", "leave the program; everything is saved"), group: Group::Global },
    Info { action: Action::Help, name: "app.help", word: word("帮助", "Help"), help: word("当前面板的全部按键", "every key of this place"), group: Group::Global },
    Info { action: Action::Palette, name: "app.palette", word: word("命令", "Commands"), help: word("搜索并执行任何命令", "find and run any command"), group: Group::Global },
    Info { action: Action::Jump, name: "app.jump", word: word("跳转", "Jump"), help: word("按单号、客户、产品或拼音首字母找订单", "find an order by number, customer, product or pinyin initials"), group: Group::Global },
    Info { action: Action::Filter, name: "app.filter", word: word("筛选", "Filter"), help: word("只显示含有所输文字的行", "show only rows that hold what you type"), group: Group::Global },
    Info { action: Action::Sort, name: "app.sort", word: word("排序", "Sort"), help: word("换一列排序；再按反向", "sort by the next column"), group: Group::Global },
    Info { action: Action::SortReverse, name: "app.sort_reverse", word: word("反序", "Reverse"), help: word("把排序反过来", "turn the order round"), group: Group::Global },
    Info { action: Action::Undo, name: "app.undo", word: word("撤销", "Undo"), help: word("撤销最近一次更改", "take the latest change back"), group: Group::Global },
    Info { action: Action::Redo, name: "app.redo", word: word("重做", "Redo"), help: word("重做被撤销的更改", "bring back what was undone"), group: Group::Global },
    Info { action: Action::Language, name: "app.language", word: word("中/En", "Language"), help: word("切换中文和英文", "switch between Chinese and English"), group: Group::Global },
    Info { action: Action::Redraw, name: "app.redraw", word: word("重绘", "Redraw"), help: word("重画整个屏幕", "draw the whole screen again"), group: Group::Global },
    Info { action: Action::Menu, name: "app.menu", word: word("操作", "Actions"), help: word("列出这一行能做的事", "list what can be done here"), group: Group::Global },
    Info { action: Action::History, name: "app.history", word: word("履历", "History"), help: word("这张订单发生过的事", "what happened to this order"), group: Group::Global },
    Info { action: Action::CopyFile, name: "app.copy_file", word: word("备份", "Back up"), help: word("现在就把整个文件备份一份", "copy the whole file now, into its folder of copies"), group: Group::Global },
    Info { action: Action::Theme, name: "app.theme", word: word("配色", "Theme"), help: word("换配色：深、浅、高对比、16 色、无色，和自己的", "change colours: dark, light, high contrast, 16 colours, none, your own"), group: Group::Global },
    Info { action: Action::Mouse, name: "app.mouse", word: word("鼠标", "Mouse"), help: word("接鼠标，再按放开：放开后终端能选字复制", "take the mouse, or release it so that the terminal selects text"), group: Group::Global },
    Info { action: Action::Tour, name: "app.tour", word: word("导览", "Tour"), help: word("六步看一遍怎么用", "how it works, in six steps"), group: Group::Global },
    Info { action: Action::Up, name: "move.up", word: word("上", "Up"), help: word("上一行", "the row above"), group: Group::Move },
    Info { action: Action::Down, name: "move.down", word: word("下", "Down"), help: word("下一行", "the row below"), group: Group::Move },
    Info { action: Action::PageUp, name: "move.page_up", word: word("上页", "Page up"), help: word("上一页", "a page up"), group: Group::Move },
    Info { action: Action::PageDown, name: "move.page_down", word: word("下页", "Page down"), help: word("下一页", "a page down"), group: Group::Move },
    Info { action: Action::First, name: "move.first", word: word("首行", "First"), help: word("第一行", "the first row"), group: Group::Move },
    Info { action: Action::Last, name: "move.last", word: word("末行", "Last"), help: word("最后一行", "the last row"), group: Group::Move },
    Info { action: Action::NextPart, name: "move.next_part", word: word("下一块", "Next part"), help: word("到下一块：列表、各明细", "go to the next part of the panel"), group: Group::Move },
    Info { action: Action::PrevPart, name: "move.prev_part", word: word("上一块", "Previous part"), help: word("到上一块", "go to the previous part"), group: Group::Move },
    Info { action: Action::Left, name: "move.left", word: word("左", "Left"), help: word("图中左移；别处到上一块", "left in a picture; elsewhere the previous part"), group: Group::Move },
    Info { action: Action::Right, name: "move.right", word: word("右", "Right"), help: word("图中右移；别处到下一块", "right in a picture; elsewhere the next part"), group: Group::Move },
    Info { action: Action::Open, name: "move.open", word: word("打开", "Open"), help: word("这一行最常做的事", "do what this row is mostly for"), group: Group::Move },
    Info { action: Action::Back, name: "move.back", word: word("返回", "Back"), help: word("清除筛选，回到列表", "clear the filter, back to the list"), group: Group::Move },
    Info { action: Action::ColumnsLeft, name: "move.columns_left", word: word("左列", "Columns left"), help: word("看左边没显示的列", "show the columns hidden on the left"), group: Group::Move },
    Info { action: Action::ColumnsRight, name: "move.columns_right", word: word("右列", "Columns right"), help: word("看右边没显示的列", "show the columns hidden on the right"), group: Group::Move },
    Info { action: Action::SwitchView, name: "view.switch", word: word("换视图", "View"), help: word("甘特图按线、按生产单、按工序；负荷按周、按日", "the Gantt chart by line, order or operation; the load by week or day"), group: Group::Picture },
    Info { action: Action::SwitchLoad, name: "view.load", word: word("含本单/需求", "Count"), help: word("负荷：计划加本单、只看计划、按期需求", "the load: planned with this order, planned, or wanted to be in time"), group: Group::Picture },
    Info { action: Action::ZoomIn, name: "view.zoom_in", word: word("放大", "Zoom in"), help: word("甘特图放大：周、日、班、小时", "a finer Gantt chart: weeks, days, shifts, hours"), group: Group::Picture },
    Info { action: Action::ZoomOut, name: "view.zoom_out", word: word("缩小", "Zoom out"), help: word("甘特图缩小", "a coarser Gantt chart"), group: Group::Picture },
    Info { action: Action::ToToday, name: "view.today", word: word("到今天", "To today"), help: word("图中回到今天", "back to today in a picture"), group: Group::Picture },
    Info { action: Action::Today, name: "go.today", word: word("今日", "Today"), help: word("到今日", "go to Today"), group: Group::Go },
    Info { action: Action::Intake, name: "go.intake", word: word("接单", "Intake"), help: word("到接单", "go to Intake"), group: Group::Go },
    Info { action: Action::Capacity, name: "go.capacity", word: word("评审", "Capacity"), help: word("到评审", "go to Capacity"), group: Group::Go },
    Info { action: Action::Schedule, name: "go.schedule", word: word("排期", "Schedule"), help: word("到排期", "go to Schedule"), group: Group::Go },
    Info { action: Action::Materials, name: "go.materials", word: word("物料", "Materials"), help: word("到物料", "go to Materials"), group: Group::Go },
    Info { action: Action::Progress, name: "go.progress", word: word("进度", "Progress"), help: word("到进度", "go to Progress"), group: Group::Go },
    Info { action: Action::Exceptions, name: "go.exceptions", word: word("异常", "Exceptions"), help: word("到异常", "go to Exceptions"), group: Group::Go },
    Info { action: Action::RaiseException, name: "any.exception", word: word("报异常", "Exception"), help: word("登记异常，已填好相关内容", "raise an exception about this row"), group: Group::Any },
    Info { action: Action::Chase, name: "any.chase", word: word("跟催", "Chase"), help: word("记录跟催和答复", "log a chase and its answer"), group: Group::Any },
    Info { action: Action::CopyMessage, name: "any.copy", word: word("复制消息", "Copy message"), help: word("把可直接发送的消息复制到剪贴板", "copy a message that is ready to send"), group: Group::Any },
    Info { action: Action::Snooze, name: "any.snooze", word: word("推迟", "Snooze"), help: word("推迟到某天再提醒", "put it off to a day"), group: Group::Any },
    Info { action: Action::WriteReport, name: "any.report", word: word("报表", "Report"), help: word("把报表写成文件，交给部门", "write a report to a file, for a department"), group: Group::Any },
    Info { action: Action::WhatIf, name: "any.whatif", word: word("假设", "What-if"), help: word("在内存里的副本上试算，再采用或丢弃", "try changes on a copy in memory, then take them over or throw it away"), group: Group::Any },
    Info { action: Action::Summary, name: "today.summary", word: word("总结", "Summary"), help: word("年度、月度工作总结：数字、明细、可改的文字", "the work summary of a year or month: numbers, rows behind them, text to edit"), group: Group::Any },
    Info { action: Action::Sampling, name: "any.sampling", word: word("抽样方案", "Sampling"), help: word("任何批量的抽样数和 Ac/Re（AQL）", "sample size and Ac/Re of any lot (AQL)"), group: Group::Any },
    Info { action: Action::Lessons, name: "any.lessons", word: word("经验库", "Lessons"), help: word("查找、改写、合并经验；异常和接单里与选中的相似的排在前", "find, write and merge lessons; in Exceptions and Intake those like what is selected come first"), group: Group::Any },
    Info { action: Action::CheckFile, name: "any.check", word: word("检查文件", "Check file"), help: word("检查数据文件：结构、履历、合计、引用、状态；说明怎么办", "check the data file: structure, journal, sums, references, states; say what to do"), group: Group::Any },
    Info { action: Action::Settle, name: "today.settle", word: word("了结", "Done"), help: word("用一步了结这件事；没有这样一步就说怎么办", "settle the line with the one step that does it, or say what would"), group: Group::Today },
    Info { action: Action::Wake, name: "today.wake", word: word("叫回", "Wake"), help: word("把推迟的事提前叫回", "bring back what was put off"), group: Group::Today },
    Info { action: Action::Morning, name: "today.morning", word: word("前九/全部", "Nine/all"), help: word("只看最要紧的九件，或全部", "only the nine worst lines, or all of them"), group: Group::Today },
    Info { action: Action::NewOrder, name: "intake.new", word: word("新单", "New"), help: word("录入电话、传真等订单", "enter an order by hand"), group: Group::Intake },
    Info { action: Action::ImportFile, name: "intake.import", word: word("导入", "Import"), help: word("从文件导入订单", "import orders from a file"), group: Group::Intake },
    Info { action: Action::EditOrder, name: "intake.edit", word: word("修改", "Edit"), help: word("修改订单或选中的行", "change the order or the selected line"), group: Group::Intake },
    Info { action: Action::AddLine, name: "intake.line", word: word("加行", "Add line"), help: word("给订单加一行产品", "add a product line to the order"), group: Group::Intake },
    Info { action: Action::PointOk, name: "intake.point_ok", word: word("审过", "Point OK"), help: word("这一点审过", "this review point is right"), group: Group::Intake },
    Info { action: Action::PointWaive, name: "intake.point_waive", word: word("放行", "Waive"), help: word("注明理由后放行", "let this point pass, with a reason"), group: Group::Intake },
    Info { action: Action::FileDocument, name: "intake.document", word: word("单据", "Document"), help: word("登记一份单据", "file a document"), group: Group::Intake },
    Info { action: Action::ConfirmDocument, name: "intake.confirm", word: word("确认单据", "Confirm"), help: word("把选中的单据标为已确认", "mark the selected document as confirmed"), group: Group::Intake },
    Info { action: Action::AskQuery, name: "intake.query", word: word("疑问", "Query"), help: word("向部门提出疑问单", "put a question to a department"), group: Group::Intake },
    Info { action: Action::AnswerQuery, name: "intake.answer", word: word("答复", "Answer"), help: word("录入疑问单的答复", "enter the answer to a query"), group: Group::Intake },
    Info { action: Action::HoldOrder, name: "intake.hold", word: word("暂停", "Hold"), help: word("暂停或恢复订单", "put the order on hold, or resume it"), group: Group::Intake },
    Info { action: Action::CancelOrder, name: "intake.cancel", word: word("取消", "Cancel"), help: word("取消订单，需要理由", "cancel the order, with a reason"), group: Group::Intake },
    Info { action: Action::RepeatOrder, name: "intake.repeat", word: word("返单", "Repeat"), help: word("照这张订单再做一张", "make a new order like this one"), group: Group::Intake },
    Info { action: Action::Acknowledge, name: "intake.acknowledge", word: word("已知", "Seen"), help: word("登记哪个部门已知道这次更改", "record that a department has seen the amendment"), group: Group::Intake },
    Info { action: Action::EnterFacts, name: "intake.facts", word: word("要点", "Facts"), help: word("登记单据写的颜色、尺码等要点；文件里能认出的先填好", "enter what a document says; what its file shows is filled in"), group: Group::Intake },
    Info { action: Action::Aliases, name: "intake.aliases", word: word("别名", "Aliases"), help: word("哪些叫法是一个意思，如 黑色 = BLACK", "which names mean the same"), group: Group::Intake },
    Info { action: Action::MakeMilestones, name: "intake.milestones", word: word("排节点", "Milestones"), help: word("按产品类别的模板从交期倒排节点", "set the milestones backward from the delivery, by the family's template"), group: Group::Intake },
    Info { action: Action::SaveTemplate, name: "intake.template", word: word("存模板", "Template"), help: word("该类产品的模板：节点，或应有的单据", "the product family's template: its milestones, or the papers it needs"), group: Group::Intake },
    Info { action: Action::AddMargin, name: "intake.buffer", word: word("加余量", "Buffer"), help: word("节点屡次迟过：采用建议多留的天数", "a node that was late again and again: take the days proposed for it"), group: Group::Intake },
    Info { action: Action::LessonHelped, name: "intake.helped", word: word("有用吗", "Helped"), help: word("这条经验在本单有用、没用、未说", "whether the lesson helped at this order: yes, no, not said"), group: Group::Intake },
    Info { action: Action::AskDepartments, name: "capacity.ask", word: word("发评审", "Ask"), help: word("请各部门评审；再按加问部门或开新一轮", "ask the departments; again: further ones, or a new round"), group: Group::Capacity },
    Info { action: Action::RecordAnswer, name: "capacity.answer", word: word("录答复", "Answer"), help: word("录入部门答复", "enter a department's answer"), group: Group::Capacity },
    Info { action: Action::Decide, name: "capacity.decide", word: word("结论", "Decide"), help: word("接单、另议或谢绝", "accept, counter-offer or decline"), group: Group::Capacity },
    Info { action: Action::Rush, name: "capacity.rush", word: word("插单", "Rush"), help: word("试排插单：谁要让、让几天，先看再定", "push the order in: who makes way and by how much, seen before it is decided"), group: Group::Capacity },
    Info { action: Action::BlockCapacity, name: "capacity.block", word: word("占用/加班", "Block"), help: word("登记他人占用、停机或加班", "enter others' orders, downtime or overtime"), group: Group::Capacity },
    Info { action: Action::UnblockCapacity, name: "capacity.unblock", word: word("删占用", "Drop block"), help: word("删掉选中的占用或加班", "drop the selected block"), group: Group::Capacity },
    Info { action: Action::MakeProduction, name: "schedule.make", word: word("开生产单", "Make"), help: word("由订单开生产单", "make production orders from the order"), group: Group::Schedule },
    Info { action: Action::Release, name: "schedule.release", word: word("下达", "Release"), help: word("把生产单下达给车间", "release the production order to the factory"), group: Group::Schedule },
    Info { action: Action::HoldProduction, name: "schedule.hold", word: word("暂停", "Hold"), help: word("暂停或恢复生产单", "put the production order on hold, or resume it"), group: Group::Schedule },
    Info { action: Action::CancelProduction, name: "schedule.cancel", word: word("取消", "Cancel"), help: word("取消还没开工的生产单", "cancel a production order not begun"), group: Group::Schedule },
    Info { action: Action::AcceptPlan, name: "schedule.accept", word: word("采用", "Accept"), help: word("采用算出的排期", "accept the computed plan"), group: Group::Schedule },
    Info { action: Action::Pin, name: "schedule.pin", word: word("锁定", "Pin"), help: word("锁定或解锁工序的位置", "pin the operation where it is, or unpin it"), group: Group::Schedule },
    Info { action: Action::Replan, name: "schedule.replan", word: word("重排", "Replan"), help: word("重新计算排期", "compute the plan again"), group: Group::Schedule },
    Info { action: Action::MoveOperation, name: "schedule.move", word: word("移动", "Move"), help: word("用方向键移动工序、换线，先看影响", "move the operation with the arrows, or to another line, and see what follows first"), group: Group::Schedule },
    Info { action: Action::PlanRules, name: "schedule.rules", word: word("原则", "Rules"), help: word("修改六条排期原则、客户权重和价格，先看谁得谁失", "change the six principles, weights and prices, and see who gains and loses first"), group: Group::Schedule },
    Info { action: Action::RuleEffects, name: "schedule.effects", word: word("原则效果", "Effects"), help: word("每条原则各起多大作用", "what each principle does to the plan"), group: Group::Schedule },
    Info { action: Action::SplitProduction, name: "schedule.split", word: word("分批", "Split"), help: word("把生产单分成几批", "part the production order into lots"), group: Group::Schedule },
    Info { action: Action::MergeProduction, name: "schedule.merge", word: word("合并", "Merge"), help: word("把同样的生产单并成一张", "put production orders of the same kind together"), group: Group::Schedule },
    Info { action: Action::ResizeProduction, name: "schedule.resize", word: word("改数量", "Quantity"), help: word("更改没开工的生产单的数量", "change the quantity of a production order not begun"), group: Group::Schedule },
    Info { action: Action::Buy, name: "materials.buy", word: word("采购", "Buy"), help: word("下采购单", "place a purchase line"), group: Group::Materials },
    Info { action: Action::Promise, name: "materials.promise", word: word("回复交期", "Promise"), help: word("录入供应商回复的交期", "enter the supplier's date"), group: Group::Materials },
    Info { action: Action::Receive, name: "materials.receive", word: word("收货", "Receive"), help: word("登记到货：合格、拒收、待检", "enter goods received"), group: Group::Materials },
    Info { action: Action::ClosePurchase, name: "materials.close", word: word("结案", "Close"), help: word("余数不再来", "nothing more will come"), group: Group::Materials },
    Info { action: Action::CountStock, name: "materials.count", word: word("盘点", "Count"), help: word("更改现有库存和冻结", "enter stock on hand and on hold"), group: Group::Materials },
    Info { action: Action::OrderList, name: "materials.order_list", word: word("成批下单", "Order list"), help: word("把一家供应商到期要下的全部下单", "order all that is due from a supplier"), group: Group::Materials },
    Info { action: Action::ChangePurchase, name: "materials.change", word: word("改采购", "Change"), help: word("更改采购行的数量、价格、日期、溢短", "change quantity, price, date or tolerance of a purchase line"), group: Group::Materials },
    Info { action: Action::InspectHeld, name: "materials.inspect", word: word("检验", "Inspect"), help: word("登记待检品的检验结果", "enter the verdict on goods that were held"), group: Group::Materials },
    Info { action: Action::SendBack, name: "materials.send_back", word: word("退货", "Send back"), help: word("登记退给供应商的货", "enter goods that go back to the supplier"), group: Group::Materials },
    Info { action: Action::Give, name: "materials.give", word: word("调料", "Give"), help: word("把库存或在途给别的单，先看谁会缺料", "give stock or incoming goods to somebody; who becomes short is shown first"), group: Group::Materials },
    Info { action: Action::DropReservation, name: "materials.release", word: word("取消预留", "Release"), help: word("取消选中的预留", "release the selected reservation"), group: Group::Materials },
    Info { action: Action::Substitute, name: "materials.substitute", word: word("替代料", "Substitute"), help: word("登记或批准替代料", "name or approve what may stand in"), group: Group::Materials },
    Info { action: Action::Deposit, name: "materials.deposit", word: word("定金", "Deposit"), help: word("登记供应商要的定金：应付、已付", "enter the deposit a supplier wants: due, paid"), group: Group::Materials },
    Info { action: Action::ImportSheet, name: "materials.import", word: word("导入", "Import"), help: word("导入供应商回复、收货、盘点、采购行的表格，先列差别", "import a sheet of suppliers' dates, receipts, stock or purchase lines; differences first"), group: Group::Materials },
    Info { action: Action::Report, name: "progress.report", word: word("报一道", "Report one"), help: word("录入选中工序当日的产量", "enter a day's figures of the selected operation"), group: Group::Progress },
    Info { action: Action::Correct, name: "progress.correct", word: word("更正", "Correct"), help: word("更正选中的行", "correct the selected row"), group: Group::Progress },
    Info { action: Action::Inspect, name: "progress.inspect", word: word("验货", "Inspect"), help: word("登记验货结果；不合格的再排一轮", "enter an inspection; one that failed gets its next round"), group: Group::Progress },
    Info { action: Action::Ship, name: "progress.ship", word: word("出货", "Ship"), help: word("安排出货，或登记已出", "plan a shipment, or ship it"), group: Group::Progress },
    Info { action: Action::CloseOrder, name: "progress.close", word: word("结单", "Close"), help: word("订单结单", "close the order"), group: Group::Progress },
    Info { action: Action::ReopenOrder, name: "progress.reopen", word: word("重开", "Reopen"), help: word("重新打开已结束的订单", "reopen an order that ended"), group: Group::Progress },
    Info { action: Action::DayFigures, name: "progress.day", word: word("报工表", "Day sheet"), help: word("一个部门一天的产量，一行一道工序，逐行回车", "a department's figures of a day, a row for each operation"), group: Group::Progress },
    Info { action: Action::ImportFigures, name: "progress.import", word: word("导入", "Import"), help: word("导入部门的生产日报，先列出与已有数据的差别", "import a department's daily report; differences first"), group: Group::Progress },
    Info { action: Action::PlanInspection, name: "progress.plan_inspection", word: word("排验货", "Plan inspection"), help: word("排初期、中期或尾期验货", "plan an initial, middle or final inspection"), group: Group::Progress },
    Info { action: Action::Book, name: "progress.book", word: word("订舱", "Book"), help: word("登记订舱号、船名、截关", "enter booking, vessel and customs cut-off"), group: Group::Progress },
    Info { action: Action::Pack, name: "progress.pack", word: word("装箱", "Pack"), help: word("把没装箱的按每箱数量装箱", "fill cartons with what is not packed yet"), group: Group::Progress },
    Info { action: Action::Papers, name: "progress.papers", word: word("单证", "Papers"), help: word("列出要的单证，或登记选中的单证", "list the papers it needs, or record the selected one"), group: Group::Progress },
    Info { action: Action::AddPaper, name: "progress.add_paper", word: word("加单证", "Add paper"), help: word("加一份单证", "add another paper"), group: Group::Progress },
    Info { action: Action::PaperDays, name: "progress.paper_days", word: word("单证期限", "Paper days"), help: word("各种单证提前几天", "how many days ahead each paper is due"), group: Group::Progress },
    Info { action: Action::Credit, name: "progress.credit", word: word("信用证", "L/C"), help: word("录入信用证条款", "enter what the letter of credit says"), group: Group::Progress },
    Info { action: Action::Drop, name: "progress.drop", word: word("取消", "Cancel"), help: word("取消出货，或去掉选中的装箱、单证、待验", "cancel the shipment, or drop the selected cartons, paper or planned inspection"), group: Group::Progress },
    Info { action: Action::WorkException, name: "exceptions.work", word: word("处理", "Work on"), help: word("填写措施、原因、待决定事项", "enter measures, cause, decision needed"), group: Group::Exceptions },
    Info { action: Action::DecideException, name: "exceptions.decide", word: word("决定", "Decide"), help: word("录入决定和决定人", "enter the decision and who made it"), group: Group::Exceptions },
    Info { action: Action::CloseException, name: "exceptions.close", word: word("关闭", "Close"), help: word("写明原因和经验后关闭", "close it with cause and lesson"), group: Group::Exceptions },
    Info { action: Action::ReopenException, name: "exceptions.reopen", word: word("重开", "Reopen"), help: word("重新打开异常", "reopen the exception"), group: Group::Exceptions },
    Info { action: Action::EnterEffect, name: "exceptions.effect", word: word("影响", "Effect"), help: word("登记停机、迟料、缺数、报废、暂停，排期会算进去", "enter an outage, a late purchase, lost pieces or a hold; the plan counts with it"), group: Group::Exceptions },
    Info { action: Action::AddOption, name: "exceptions.option", word: word("方案", "Option"), help: word("加一个方案，能算的按计划算日期", "add a way out; the plan dates it where it can"), group: Group::Exceptions },
    Info { action: Action::AddAction, name: "exceptions.action", word: word("措施", "Action"), help: word("加一条措施：谁、何时", "add an action with owner and due day"), group: Group::Exceptions },
    Info { action: Action::Escalate, name: "exceptions.escalate", word: word("上报", "Escalate"), help: word("登记已上报到哪一级、给谁", "record to which level and whom it was brought"), group: Group::Exceptions },
    Info { action: Action::TellCustomer, name: "exceptions.tell", word: word("告知客户", "Tell"), help: word("登记客户已被告知", "record that the customer was told"), group: Group::Exceptions },
    Info { action: Action::PromiseDate, name: "exceptions.promise", word: word("新承诺", "Promise"), help: word("向客户承诺新交期", "promise the customer another date"), group: Group::Exceptions },
    Info { action: Action::FileEvidence, name: "exceptions.evidence", word: word("证据", "Evidence"), help: word("归档照片、报告等证据", "file a photo, a report or another paper as evidence"), group: Group::Exceptions },
    Info { action: Action::MergeException, name: "exceptions.merge", word: word("并案", "Merge"), help: word("并入同一件事的另一个异常", "merge it into another that tells of the same thing"), group: Group::Exceptions },
    Info { action: Action::DropPiece, name: "exceptions.drop", word: word("删除", "Drop"), help: word("删除选中的方案、措施、事实或证据", "drop the selected option, action, fact or evidence"), group: Group::Exceptions },
    Info { action: Action::EscalationRules, name: "exceptions.rules", word: word("升级规则", "Rules"), help: word("升级规则、各级是谁、自己能定多少", "after how long to whom, and what I may decide"), group: Group::Exceptions },
    Info { action: Action::Ledger, name: "exceptions.ledger", word: word("延误账", "Ledger"), help: word("谁让订单迟了几天：按原因、供应商、部门、月份", "who cost how many days: by cause, supplier, department, month"), group: Group::Exceptions },
];

impl Action {
    /// The action's row.
    #[must_use]
    #[allow(clippy::indexing_slicing)] // The rows stand in the order of the variants; a test checks it.
    pub const fn info(self) -> &'static Info {
        &ACTIONS[self as usize]
    }

    /// Whether it moves by rows, in the same way in every panel.
    #[must_use]
    pub const fn is_step(self) -> bool {
        matches!(self, Self::Up | Self::Down | Self::PageUp | Self::PageDown)
    }

    /// The action that goes to a panel.
    #[must_use]
    pub const fn to(stage: Stage) -> Self {
        match stage {
            Stage::Today => Self::Today,
            Stage::Intake => Self::Intake,
            Stage::Capacity => Self::Capacity,
            Stage::Schedule => Self::Schedule,
            Stage::Materials => Self::Materials,
            Stage::Progress => Self::Progress,
            Stage::Exceptions => Self::Exceptions,
        }
    }

    /// The action of a name in the key map.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        ACTIONS
            .iter()
            .find(|info| info.name == name)
            .map(|info| info.action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_stand_in_the_order_of_the_variants_and_names_differ() {
        for (at, info) in ACTIONS.iter().enumerate() {
            assert_eq!(info.action as usize, at, "{}", info.name);
            assert_eq!(Action::of(info.name), Some(info.action));
        }
    }
}
