//! The words for the fixed lists of `domain::codes`.

use super::word::{Word, word};
use crate::domain::codes::*;

/// A fixed list whose values have words.
pub trait Label: Copy {
    /// The word for the screen.
    fn word(self) -> Word;
}

impl Label for Department {
    fn word(self) -> Word {
        match self {
            Self::Sales => word("业务部", "Sales"),
            Self::Technical => word("技术部", "Technical"),
            Self::Purchasing => word("采购部", "Purchasing"),
            Self::Warehouse => word("货仓", "Warehouse"),
            Self::Production => word("生产部", "Production"),
            Self::Qc => word("品管部", "QC"),
            Self::Shipping => word("船务", "Shipping"),
            Self::Finance => word("财务部", "Finance"),
        }
    }
}

impl Label for CustomerClass {
    fn word(self) -> Word {
        match self {
            Self::A => word("A类", "A"),
            Self::B => word("B类", "B"),
            Self::C => word("C类", "C"),
        }
    }
}

impl Label for Channel {
    fn word(self) -> Word {
        match self {
            Self::Email => word("邮件", "E-mail"),
            Self::Phone => word("电话", "Phone"),
            Self::Fax => word("传真", "Fax"),
            Self::Other => word("其他", "Other"),
        }
    }
}

impl Label for Policy {
    fn word(self) -> Word {
        match self {
            Self::Split => word("可分批", "Split"),
            Self::All => word("一次出齐", "All at once"),
            Self::NoneLate => word("不得迟交", "None late"),
        }
    }
}

impl Label for OrderState {
    fn word(self) -> Word {
        match self {
            Self::Open => word("待定", "Open"),
            Self::Accepted => word("已接单", "Accepted"),
            Self::Declined => word("已谢绝", "Declined"),
            Self::Cancelled => word("已取消", "Cancelled"),
            Self::Closed => word("已结单", "Closed"),
        }
    }
}

impl Label for PointKind {
    fn word(self) -> Word {
        match self {
            Self::NameSpec => word("品名规格", "Name & spec"),
            Self::Quantity => word("数量", "Quantity"),
            Self::UnitPrice => word("单价", "Unit price"),
            Self::Amount => word("金额", "Amount"),
            Self::DeliveryDate => word("交货期", "Delivery date"),
            Self::DeliveryMethod => word("交货方式", "Delivery method"),
            Self::PriceTerms => word("单价条款", "Price terms"),
            Self::PaymentTerms => word("付款方式", "Payment method"),
            Self::Packaging => word("包装", "Packaging"),
        }
    }
}

impl Label for PointResult {
    fn word(self) -> Word {
        match self {
            Self::Pending => word("未审", "Pending"),
            Self::Ok => word("通过", "OK"),
            Self::Query => word("有疑问", "Query"),
            Self::Waived => word("放行", "Waived"),
        }
    }
}

impl Label for DocumentKind {
    fn word(self) -> Word {
        match self {
            Self::CustomerOrderSheet => word("客户制单", "Customer order sheet"),
            Self::ProcessSheet => word("生产工艺", "Process sheet"),
            Self::FinalApprovedSample => word("最终确认样", "Final approved sample"),
            Self::ApprovalComments => word("确认意见", "Approval comments"),
            Self::CorrectionNotice => word("更正资料", "Correction notice"),
            Self::CustomerSample => word("客样", "Customer sample"),
            Self::Drawing => word("图纸", "Drawing"),
            Self::Mail => word("邮件", "Mail"),
            Self::Other => word("其他", "Other"),
        }
    }
}

impl Label for DocumentState {
    fn word(self) -> Word {
        match self {
            Self::Received => word("已收", "Received"),
            Self::InQuestion => word("有疑问", "In question"),
            Self::Confirmed => word("已确认", "Confirmed"),
            Self::Superseded => word("已作废", "Superseded"),
        }
    }
}

impl Label for SampleKind {
    fn word(self) -> Word {
        match self {
            Self::Proto => word("初样", "Proto"),
            Self::Fit => word("试身样", "Fit"),
            Self::SizeSet => word("齐码样", "Size set"),
            Self::LabDip => word("色样", "Lab dip"),
            Self::PreProduction => word("产前样", "Pre-production"),
            Self::Shipment => word("船样", "Shipment sample"),
        }
    }
}

impl Label for Verdict {
    fn word(self) -> Word {
        match self {
            Self::Waiting => word("待批", "Waiting"),
            Self::Approved => word("批准", "Approved"),
            Self::ApprovedWithComments => word("批准有意见", "With comments"),
            Self::Rejected => word("退回", "Rejected"),
        }
    }
}

impl Label for DecisionKind {
    fn word(self) -> Word {
        match self {
            Self::Accept => word("接单", "Accept"),
            Self::Counter => word("另议交期", "Counter-offer"),
            Self::Decline => word("谢绝", "Decline"),
        }
    }
}

impl Label for ProductionState {
    fn word(self) -> Word {
        match self {
            Self::Proposed => word("待下达", "Proposed"),
            Self::Released => word("已下达", "Released"),
            Self::Cancelled => word("已取消", "Cancelled"),
        }
    }
}

impl Label for WastageRule {
    fn word(self) -> Word {
        match self {
            Self::Multiply => word("×(1+损耗)", "× (1 + wastage)"),
            Self::Divide => word("÷(1-损耗)", "÷ (1 − wastage)"),
        }
    }
}

impl Label for BlockKind {
    fn word(self) -> Word {
        match self {
            Self::Others => word("他人占用", "Others"),
            Self::Overtime => word("加班", "Overtime"),
            Self::Downtime => word("停机", "Downtime"),
        }
    }
}

impl Label for Firmness {
    fn word(self) -> Word {
        match self {
            Self::Written => word("书面", "Written"),
            Self::Spoken => word("口头", "Spoken"),
            Self::Estimated => word("估计", "Estimated"),
            Self::Unknown => word("未知", "Unknown"),
        }
    }
}

impl Label for ReceiptKind {
    fn word(self) -> Word {
        match self {
            Self::Arrival => word("到货", "Arrived"),
            Self::Inspection => word("检验", "Inspected"),
            Self::Return => word("退货", "Sent back"),
        }
    }
}

impl Label for ChaseHow {
    fn word(self) -> Word {
        match self {
            Self::Chat => word("微信/聊天", "Chat"),
            Self::Phone => word("电话", "Phone"),
            Self::Mail => word("邮件", "Mail"),
            Self::Visit => word("上门", "Visit"),
        }
    }
}

impl Label for ChaseResult {
    fn word(self) -> Word {
        match self {
            Self::Accepted => word("按期", "On time"),
            Self::Rescheduled => word("改期", "Rescheduled"),
            Self::Partial => word("部分", "Partial"),
            Self::Substituted => word("替代", "Substituted"),
            Self::Rejected => word("拒绝", "Rejected"),
            Self::NoAnswer => word("未回复", "No answer"),
        }
    }
}

impl Label for InspectionKind {
    fn word(self) -> Word {
        match self {
            Self::Initial => word("初期", "Initial"),
            Self::Middle => word("中期", "Middle"),
            Self::Final => word("尾期", "Final"),
        }
    }
}

impl Label for InspectionResult {
    fn word(self) -> Word {
        match self {
            Self::Pending => word("待定", "Pending"),
            Self::Passed => word("合格", "Passed"),
            Self::Failed => word("不合格", "Failed"),
        }
    }
}

impl Label for PaperKind {
    fn word(self) -> Word {
        match self {
            Self::CustomsDeclaration => word("报关单", "Customs declaration"),
            Self::BillOfLading => word("提单", "Bill of lading"),
            Self::AirWaybill => word("空运单", "Air waybill"),
            Self::Waybill => word("运单", "Waybill"),
            Self::PackingList => word("装箱单", "Packing list"),
            Self::CommercialInvoice => word("商业发票", "Commercial invoice"),
            Self::CertificateOfOrigin => word("原产地证", "Certificate of origin"),
            Self::InsurancePolicy => word("保险单", "Insurance policy"),
            Self::LetterOfCredit => word("信用证交单", "L/C documents"),
            Self::Collection => word("托收交单", "Collection documents"),
            Self::Other => word("其他", "Other"),
        }
    }
}

impl Label for Severity {
    fn word(self) -> Word {
        match self {
            Self::Critical => word("严重", "Critical"),
            Self::Major => word("重大", "Major"),
            Self::Minor => word("一般", "Minor"),
        }
    }
}

impl Label for CauseClass {
    fn word(self) -> Word {
        match self {
            Self::Customer => word("客户", "Customer"),
            Self::Supplier => word("供应商", "Supplier"),
            Self::Department => word("部门", "Department"),
            Self::Ourselves => word("我方", "Ourselves"),
            Self::External => word("外部", "External"),
        }
    }
}

impl Label for Stage {
    fn word(self) -> Word {
        match self {
            Self::Today => word("今日", "Today"),
            Self::Intake => word("接单", "Intake"),
            Self::Capacity => word("评审", "Capacity"),
            Self::Schedule => word("排期", "Schedule"),
            Self::Materials => word("物料", "Materials"),
            Self::Progress => word("进度", "Progress"),
            Self::Exceptions => word("异常", "Exceptions"),
        }
    }
}

impl Label for Subject {
    fn word(self) -> Word {
        match self {
            Self::Order => word("订单", "Order"),
            Self::Purchase => word("采购单", "Purchase"),
            Self::Query => word("疑问单", "Query"),
            Self::Answer => word("部门答复", "Answer"),
            Self::Document => word("单据", "Document"),
            Self::Sample => word("样品", "Sample"),
            Self::Exception => word("异常", "Exception"),
            Self::ProductionOrder => word("生产单", "Production order"),
            Self::Shipment => word("出货", "Shipment"),
            Self::Milestone => word("节点", "Milestone"),
        }
    }
}
