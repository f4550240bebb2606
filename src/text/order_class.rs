//! Words of the classes by which a shop sorts its orders.

use super::label::Label;
use super::word::{Word, word};
use crate::domain::rule::order_class::{MaterialState, SizeClass, Tooling, Urgency};

impl Label for Urgency {
    fn word(self) -> Word {
        match self {
            Self::Normal => word("正常单", "Normal"),
            Self::Urgent => word("急单", "Urgent"),
            Self::VeryUrgent => word("特急单", "Very urgent"),
            Self::Inserted => word("急插单", "Inserted"),
        }
    }
}

impl Label for SizeClass {
    fn word(self) -> Word {
        match self {
            Self::Sample => word("样品单", "Sample order"),
            Self::Small => word("散单小单", "Small order"),
            Self::Large => word("大单", "Large order"),
        }
    }
}

impl Label for MaterialState {
    fn word(self) -> Word {
        match self {
            Self::Ready => word("正常", "There"),
            Self::Waiting => word("等料", "Waiting"),
        }
    }
}

impl Label for Tooling {
    fn word(self) -> Word {
        match self {
            Self::Existing => word("现有", "Existing"),
            Self::New => word("新做", "To be made"),
        }
    }
}

pub const PROJECT_NO: Word = word("项目号", "Project no.");
pub const MODEL: Word = word("产品型号", "Model");
pub const MATERIAL_NO: Word = word("料号", "Article no.");
pub const LENGTH: Word = word("长度", "Length");
pub const SURFACE: Word = word("表面要求", "Surface");
pub const ORDER_DATE: Word = word("订单日期", "Order date");
pub const PLANNED_START: Word = word("计划开工日期", "Planned start");
pub const PLANNED_FINISH: Word = word("计划完成日期", "Planned finish");
pub const REVIEW_RESULT: Word = word("交期评审结果", "Reviewed date");
pub const PROCESS_FLOW: Word = word("工艺流程", "Process flow");
pub const PROCESS_NOTES: Word = word("工艺要求说明", "Process notes");
pub const TOOLING: Word = word("工装夹具情况", "Tooling");
pub const DAY_CAPACITY: Word = word("产能/日", "Pieces a day");
pub const BOTTLENECK: Word = word("瓶颈工序", "Bottleneck");
pub const MATERIAL_STATE: Word = word("物料状态", "Material");
pub const SIZE_CLASS: Word = word("订单类别", "Size class");
pub const URGENCY: Word = word("订单状态(交期)", "Urgency");
