//! Traditional characters as their simplified ones, so that both ways of writing are one word.
//!
//! The characters of the trade and of everyday notes, not all there are: what is missing stays as
//! it is, and is then told apart.

use std::sync::LazyLock;

/// Traditional and simplified, pair by pair.
const PAIRS: &str = "\
單单號号訂订數数貨货顏颜規规碼码條条備备註注價价額额幣币種种採采購购買买稱称發发時时間间運运輸输說说\
產产戶户裝装總总計计編编項项質质別别顧顾應应確确實实庫库凍冻結结檢检盤盘點点現现預预復复覆复聯联倉仓\
廠厂帳账賬账來来進进認认餘余員员縮缩緊紧鬆松線线縫缝車车針针機机鋼钢鐵铁銅铜鋁铝鍍镀鋅锌錫锡銹锈鏽锈\
鹽盐霧雾測测試试驗验誤误錯错過过還还這这個个們们為为與与從从對对開开關关門门問问題题長长寬宽圓圆樣样\
層层塊块斷断膠胶紙纸標标籤签簽签顯显屬属變变廢废棄弃損损傷伤軟软輕轻濕湿乾干燙烫熱热漲涨縐绉皺皱紗纱\
織织絲丝綿绵領领釦扣鈕纽鍊链鏈链帶带襯衬褲裤襪袜牆墙誌志記记錄录圖图畫画資资處处師师組组隊队導导責责\
務务業业賣卖報报銷销鎖锁鑽钻鑄铸鍛锻壓压沖冲衝冲銑铣噴喷塗涂電电氣气壞坏換换補补費费錢钱銀银貿贸稅税\
證证書书據据審审議议協协調调約约終终於于後后準准則则將将當当場场會会國国際际歐欧灣湾東东區区縣县鎮镇\
鄉乡樓楼遞递達达遲迟遠远週周曆历歷历歲岁節节齊齐滿满雙双隻只兩两萬万億亿幾几減减轉转動动勞劳潔洁淨净\
塵尘髒脏汙污異异緩缓難难類类級级極极優优勝胜敗败緯纬經经緻致細细紅红綠绿藍蓝黃黄圍围內内裡里裏里邊边\
側侧頭头腳脚腦脑體体齒齿輪轮軸轴軌轨彈弹閥阀墊垫殼壳蓋盖絕绝緣缘燈灯爐炉製制複复雜杂簡简聲声響响靜静\
視视覺觉觀观見见覽览讀读寫写論论話话詢询請请謝谢許许該该誰谁講讲識识護护譯译讓让貼贴貴贵賠赔賴赖贏赢\
趕赶跡迹辦办辭辞農农邏逻郵邮釋释鈔钞鉤钩鉛铅銳锐鋒锋鋪铺鋸锯錐锥錘锤鍵键鏡镜鐘钟鑰钥閃闪閉闭閒闲閱阅\
隨随險险隱隐雖虽雞鸡離离雲云韌韧頁页頂顶順顺頓顿頗颇頻频顆颗願愿風风飛飞飯饭飾饰養养館馆馬马駕驾駛驶\
駐驻騙骗驅驱鬥斗魚鱼鳥鸟麗丽麥麦麵面黨党龍龙龜龟棧栈槍枪樞枢權权殘残氫氢灑洒爛烂牽牵犧牺獎奖獨独獲获\
環环療疗監监矯矫硯砚礎础禮礼稈秆積积穩稳窩窝競竞築筑籃篮糧粮紋纹納纳純纯紡纺紐纽紮扎給给統统絨绒綁绑\
綑捆綜综網网締缔練练縱纵績绩繃绷繞绕繡绣繩绳繪绘繼继續续纖纤聽听職职腫肿膚肤臨临舉举舊旧艙舱蘇苏虛虚\
蟲虫術术襠裆觸触訊讯設设訴诉評评誠诚課课談谈負负貝贝財财貪贪販贩賺赚軍军載载輔辅輝辉輯辑轟轰迴回適适\
選选遺遗鄰邻醫医鉗钳鉚铆銘铭鋰锂錶表鎢钨鎳镍鏟铲鑷镊鑼锣閘闸闊阔陳陈陸陆陽阳階阶靈灵韓韩須须顫颤饋馈\
驟骤鬍胡鹼碱黏粘齡龄傳传債债偽伪儀仪儘尽僅仅創创劃划劑剂勁劲勢势匯汇華华嚴严囑嘱執执夾夹奪夺媽妈孫孙\
學学寧宁專专尋寻屆届島岛嶄崭幹干幫帮幀帧廣广張张強强徑径徵征態态慣惯慮虑懸悬懷怀戰战戲戏掃扫掛挂擇择\
擊击擋挡擔担擠挤擬拟擴扩擺摆攜携敘叙敵敌昇升暈晕暫暂曉晓曬晒朧胧構构樁桩榮荣槓杠樂乐";

/// The first of the characters that are looked up by place, and how many there are.
const FIRST: u32 = 0x4e00;
const COUNT: usize = 0x5200;

static TABLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let all = (FIRST..).take(COUNT);
    let mut table: Vec<char> = all.map(|c| char::from_u32(c).unwrap_or_default()).collect();
    let mut chars = PAIRS.chars();
    while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
        if let Some(place) = place(from).and_then(|at| table.get_mut(at)) {
            *place = to;
        }
    }
    table
});

fn place(c: char) -> Option<usize> {
    usize::try_from(u32::from(c).checked_sub(FIRST)?).ok()
}

/// The simplified form of a character; any other character as it is.
#[must_use]
pub fn simplified(c: char) -> char {
    let known = place(c).and_then(|at| TABLE.get(at));
    known.copied().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_writing_become_one() {
        let of = |text: &str| text.chars().map(simplified).collect::<String>();
        assert_eq!(of("鍍鋅件鹽霧試驗不過 48 h"), "镀锌件盐雾试验不过 48 h");
        assert_eq!(of("縫線鬆脫、車縫歪斜"), "缝线松脫、车缝歪斜");
        assert_eq!(of("分缸色差"), "分缸色差");
    }

    #[test]
    fn the_table_is_of_pairs_and_no_simplified_character_is_changed_again() {
        assert_eq!(PAIRS.chars().count() % 2, 0);
        for pair in PAIRS.chars().collect::<Vec<_>>().chunks(2) {
            assert_eq!(simplified(pair[0]), pair[1], "{pair:?}");
            assert_eq!(simplified(pair[1]), pair[1], "{pair:?}");
        }
    }
}
