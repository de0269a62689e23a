//! Words that speak for a criterion, and what keeps them from counting.
//!
//! A row has words and a test of their place. The words alone are not enough:
//! 第一 ranks in 居全省第一 and does not in 第一时间; 推广 is of others in
//! 在全国推广 and of a product in 推广新技术; 实现 is an aim after 力争.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::context::{self, CueContext};
use super::{Criterion, Scope};

/// Words of a sentence that speak for a criterion, in characters of its
/// paragraph.
pub(super) struct Found {
    pub criterion: Criterion,
    pub range: Range<usize>,
    pub scope: Option<Scope>,
}

/// Words that speak for a criterion where their place passes a test.
struct Row {
    criterion: Criterion,
    words: &'static str,
    counts: fn(&CueContext<'_>) -> bool,
}

const fn row(
    criterion: Criterion,
    words: &'static str,
    counts: fn(&CueContext<'_>) -> bool,
) -> Row {
    Row {
        criterion,
        words,
        counts,
    }
}

use Criterion::{Effect, Innovation, Leadership, Spread};

const ROWS: &[Row] = &[
    // 创新性
    row(
        Innovation,
        "首创 独创 首开先河 先河 尚无先例 没有先例 无先例 先行先试 前所未有 史无前例 \
            开创性 创造性地 创新性地 开创了",
        is_no_aim,
    ),
    row(Innovation, "率先", |context| {
        is_no_aim(context) && !context.is_before("垂范 落地 开工 复工 复产 全面建成 建成 基本")
    }),
    row(Innovation, "最早", |context| {
        is_superlative(context) && is_no_goal(context)
    }),
    row(
        Innovation,
        "首个 首家 首例 首次 首单 首张 首部 首套 首所 首座 首条 首款 首台 首艘 \
            首只 首支 首期 首创性 第一家 第一例 第一单 第一个 第一部 第一张 第一所",
        is_first,
    ),
    row(Innovation, "唯一", |context| {
        context.names_a_scope(&[]) && !context.precedes("粮 港口 海", 8)
    }),
    row(Innovation, "填补", |context| context.precedes("空白", 40)),
    row(Innovation, "打破", is_result),
    row(Innovation, "突破", is_breakthrough),
    row(Innovation, "探索", is_exploration),
    row(
        Innovation,
        "新模式 新机制 新路子 新路径 新体制 新途径 新范式 新范本 新方法 新办法 新举措 \
            新体系 新格局 新业态",
        is_new_way,
    ),
    row(Innovation, "创新", is_innovating),
    row(Innovation, "变", is_turned_into),
    // 领先性
    row(Leadership, "领先", |context| {
        is_no_goal(context) && !context.is_before("性")
    }),
    row(
        Leadership,
        "首位 之首 榜首 前列 名列前茅 前茅 独树一帜 前三名 前十名 前五名 前三位 前十位",
        |context| {
            is_no_goal(context)
                && !context.is_after("放在 摆在 放到")
                && !context.is_before("位置考虑 度")
        },
    ),
    row(
        Leadership,
        "第一 第二 第三 第1 第2 第3 第4 第5 第6 第7 第8 第9",
        is_rank,
    ),
    row(
        Leadership,
        "最大 最高 最低 最多 最快 最好 最优 最先进 最长 最完善",
        |context| is_superlative(context) && is_no_goal(context),
    ),
    row(
        Leadership,
        "先进水平 先进行列 领跑 走在全国 走在全省 走在了全国 走在了全省 走在前",
        is_no_goal,
    ),
    row(Leadership, "荣获 获评 斩获 捧回 摘得 荣膺", is_no_goal),
    row(Leadership, "纪录 记录", |context| {
        context.follows("创造 创下 创出 刷新 打破", 24) && is_no_goal(context)
    }),
    row(Leadership, "获奖", |context| {
        is_no_goal(context) && !context.is_before("者 名单 人员 后 可 项目 作品 案例 企业 单位")
    }),
    row(
        Leadership,
        "获得 获 评为 授予 被评 命名为 认定为 确定为 列为 列入 选为 入选 列为 获批 \
            纳入",
        is_honour,
    ),
    row(
        Leadership,
        "一等奖 特等奖 二等奖 三等奖 金奖 银奖 创新奖 最高奖 示范奖 大奖",
        |context| is_no_goal(context) && context.clause_has("获 得 荣 评 夺 为"),
    ),
    // 实效性
    row(Effect, CHANGES, is_result),
    row(
        Effect,
        "累计 截至 截止 已有 已办 已完成 已建成 同比 环比 平均 全年 首日",
        is_account,
    ),
    row(
        Effect,
        "办结率 满意率 满意度 成功率 覆盖率 合格率 达标率 利用率 好转率 就业率 增长率 \
            参保率 知晓率 回收率 命中率 转化率 完成率 增幅 降幅",
        |context| context.has_figure() && !context.is_aim(),
    ),
    row(Effect, "由 从", is_fall_or_rise),
    row(
        Effect,
        "是过去的 是原来的 是以往的 是以前的 是改革前的 是上年的 是去年的 为过去的 为原来的",
        |context| context.has_figure() && context.precedes("倍 %", 8),
    ),
    row(
        Effect,
        "得到 取得 获得 赢得 收到 发挥 产生 起到 有了",
        is_gain,
    ),
    row(Effect, "成效 效果 效益", |context| {
        context.precedes("显著 明显 突出 良好 显现 凸显 较好 初显", 6) && !context.is_aim()
    }),
    row(
        Effect,
        "受益 好评 一致拥护 点赞 欢迎 零投诉 零距离 零上访 零事故 全覆盖",
        |context| !context.is_aim() && !context.is_before("范围 面"),
    ),
    row(
        Effect,
        "网民关注 访问量 点击量 浏览量 阅读量 关注量 注册用户 参与人数 报名人数 受益人数 受益面",
        |context| context.has_figure() && !context.is_aim(),
    ),
    row(Effect, "惠及", |context| {
        let told = context.has_figure() || context.clause_has("了 已 群众 居民 企业");
        told && !context.is_aim() && !context.follows("构建 打造 建设 更多 努力", 12)
    }),
    // 可推广
    row(Spread, "推广", is_spread),
    row(Spread, "复制 可复制", |context| {
        !context.is_before("件 品")
            && (context.is_before("推广 到 、 可推广") || context.is_after("可 能"))
    }),
    row(Spread, "借鉴", is_model),
    row(Spread, "批示", |context| {
        context.sentence_has("肯定 评价 推广 赞 表扬 成绩 获 得到 作出 做出 先后 意义 支持")
            && !context.sentence_has("未能 落实 精神")
            // 第三批示范项目
            && !context.is_before("范")
    }),
    row(
        Spread,
        "充分肯定 高度肯定 给予肯定 一致肯定 高度评价 高度赞扬 高度赞誉 高度认可 \
            充分认可 肯定 赞誉 通报表扬 通报表彰",
        |context| !context.is_before("会") && !context.is_aim(),
    ),
    row(
        Spread,
        "现场会 现场推进会 现场观摩 观摩会 经验交流 典型发言 交流发言 经验介绍 \
            作了发言 做了发言 进行了发言 典型经验 先进经验 经验做法 成功经验",
        is_shown,
    ),
    row(Spread, "考察 学习 参观 观摩 调研 取经", is_visited),
    row(
        Spread,
        "转发 刊发 刊登 登载 报道 专题片 央视 中央电视台 新闻联播 焦点访谈 人民日报 \
            新华社 光明日报 经济日报 新闻媒体 各大媒体 主流媒体 中央媒体",
        |context| !context.is_aim() && !context.is_before("员 会"),
    ),
    row(
        Spread,
        "示范作用 示范效应 示范意义 示范引领 引领示范 带动作用 辐射带动 标杆 样板 范例 \
            典范 样本 蓝本 典型案例 经典案例 成功案例",
        |context| {
            is_no_goal(context)
                && context.clause_has(
                    "了 成为 为全国 为全省 具有 树立 起到 是 作为 列为 列入 选为 入选 提供",
                )
        },
    ),
    row(Spread, "提供了", |context| {
        context.precedes(
            "经验 样本 借鉴 示范 样板 范例 方案 模式 蓝本 范本 模板 参考",
            26,
        )
    }),
    row(Spread, "采用 采纳 采编 选编 收录", |context| {
        context.follows("被", 24)
            && context.clause_has("信息 经验 做法 简报 内参 专报 内刊 报告 省办 国办 中办 中央")
            && !context.is_aim()
    }),
    row(Spread, "反响 汇编入 收入案例 编入", is_no_aim),
];

/// Verbs of a change for the better.
const CHANGES: &str = "提高 提升 降低 减少 缩短 压缩 节约 节省 增长 增加 增强 改善 优化 促进 \
            推动 推进 带动 扩大 拓展 放大 破解 解决 化解 避免 消除 规范 畅通 打通 \
            实现 形成 建成 盘活 吸引 满足 保障 方便 拉动 撬动 改变 调动 激发 完成 \
            覆盖 减轻 加快 推行 保证 维护 杜绝 遏制 释放 集聚 达到 落户 引进 解放 \
            受理 办理 培训 服务 帮助 救助 发放 覆盖 新增 孵化 整合 强化 凝聚 丰富 \
            转变 简化 精简 突破 克服 平复 增进 整治 查处 清理 修复 恢复 防止 支撑 \
            树立 营造 建立 构建 搭建 打造 培育 助力 助推 推出 创造 做到 完善 健全 \
            确保 引领 引导 控制 稳定 净化 美化 夯实 奠定 提供 壮大 延伸 下降 上升 \
            攀升 翻番 缓解 缩减 压减 提速 跃升 回落 增收 减排 增效 根治 攻克";

/// Changes that are a result only with a figure or 了 and words of degree: what
/// was done rather than what came of it.
const DEEDS: &str = "推进 推行 引进 受理 办理 培训 服务 帮助 救助 发放 整合 强化 查处 \
            清理 树立 建立 构建 搭建 打造 培育 推出 完善 健全 确保 引导 引领 \
            覆盖 集聚 孵化 整治 修复 提供 保障 保证 规范 控制 加快 优化 落实 \
            转变 稳定 延伸 达到 创造 做到 支撑 助力 助推 维护";

/// Deeds that set something up: no result in themselves.
const SETTINGS: &str = "建立 构建 搭建 打造 树立 推出 推行 完善 健全 培育";

/// Words of degree before a verb.
const DEGREES: &str = "有效 大大 极大 极大地 极大的 大幅 大幅度 显著 明显 成功 圆满 彻底 有力 \
            有力地 进一步 切实 不断 逐步 全面 持续 稳步 真正 快速 迅速 充分 大力 \
            有效地 普遍 明显 得以 最大限度 最大限度地 较好 基本 整体 同步 日益";

/// Of these, those that say that something came of it.
const SUCCESSES: &str = "有效 大大 极大 极大地 极大的 大幅 大幅度 显著 明显 成功 圆满 彻底 有力 \
            有力地 真正 得以 有效地 基本 较好 最大限度 最大限度地 进一步";

fn is_no_aim(context: &CueContext<'_>) -> bool {
    !context.is_aim()
}

/// 建设国内领先的…, 打造全国一流… and what is to become so.
fn is_no_goal(context: &CueContext<'_>) -> bool {
    !context.is_aim() && !context.follows("打造 建设 争创 争当 争做 走向 迈向 加快 创建", 32)
        || context.follows("打造了 建设了 建成 打造成为 创建成为", 16)
}

fn is_first(context: &CueContext<'_>) -> bool {
    // 首次 of the papers that a case carries out.
    let of_others = context.follows("中央一号文件 国务院 党中央 中共中央 习近平 总书记", 24);
    !of_others && !context.is_aim()
}

fn is_breakthrough(context: &CueContext<'_>) -> bool {
    let counted = context.precedes("万 亿", 8) && context.has_figure();
    let compound = context.is_before("口 性 发展 行动 年") || context.is_after("大 创新");
    !counted
        && !compound
        && !context.is_aim()
        && (context.is_before("了") || context.is_after("实现新 新 重大 实现了"))
}

fn is_exploration(context: &CueContext<'_>) -> bool {
    if context.is_aim() || context.is_before("性") {
        return false;
    }
    context.is_before("出 形成 建立 实施 推行 构建 创新 实行 建设 推出 走出 开展")
        || context.precedes("新 特色 模式 路子 之路", 30)
        || context.is_after("率先 创新 先行")
}

fn is_new_way(context: &CueContext<'_>) -> bool {
    // 创新体系 is a compound.
    !context.is_aim() && !context.is_after("创 更")
}

/// 创新 as a verb or with its object; in compounds it names something.
fn is_innovating(context: &CueContext<'_>) -> bool {
    const COMPOUNDS: &str = "型 创业 中心 发展 驱动 工作 城市 示范 能力 平台 人才 团队 基地 园 奖 \
            大赛 案例 项目 理念 要素 主体 资源 成果 活力 联盟 企业 产业 指数 生态 局 \
            委 理论 精神 意识 综合体 试验 高地 创造 集群 服务 券 区 性思路 协调 \
            、协调 潜力 素质 潜能 创意 谷 载体 需求 成效 亮点 背景 实践区 动力 要求 \
            战略 科技 孵化 港 院 实验 研究 转型 技术";
    let named = context.is_before(COMPOUNDS)
        || context.is_after(
            "科技 自主 技术 协同 大众 产业 万众 金融 双 “ 改革 制度 集成 创业 的 城市 高校",
        );
    if named || context.is_aim() || context.is_background() {
        return false;
    }
    const VERBS: &str = "了 性地 性的 性出台 性推出 性开展 性提出 性建立 性实施 性构建 性采用 性探索 地 建立 推出 实施 引入 提出 推行 采用 采取 实行 构建 开展 打造 \
            设立 探索 运用 开发 搭建 成立 形成 制定 出台 推动 推进 组建 将 使用 研发 \
            设计 运作 创立 以 建设";
    const OBJECTS: &str = "机制 模式 方式 方法 思路 体制 举措 制度 手段 路径 做法 载体 管理 体系 \
            政策 途径 实践";
    let ends =
        context.words.end == context.clause.end && context.clause.end - context.clause.start <= 16;
    context.is_before(VERBS)
        || context.is_after("进行了 实现了 大胆 锐意")
        || context.precedes(OBJECTS, 14)
        || ends && !context.is_after("和 与 及 、")
}

/// 变…为…, 从…转变为….
fn is_turned_into(context: &CueContext<'_>) -> bool {
    let inverse = context.is_before("“ 被动 单一 分散 传统") && context.precedes("为 成", 16);
    inverse && !context.is_after("改 转 多 不 应") && !context.is_aim()
}

fn is_rank(context: &CueContext<'_>) -> bool {
    let ranked = context.follows("列 居 排 名次 位次 跃 升至 获 夺 得 评 为全 占全 是全", 14);
    let names = context.is_before(
        "时间 批 责任 要务 资源 线 课 产业 季度 阶段 步 方 书记 任 次 章 条 款 \
            轮 期 人民 医院 中学 届 者 动力 要素 生产力 机关 大 0 1 2 3 4 5 \
            6 7 8 9",
    );
    let placed = context.is_before("位 名")
        || context.words.end == context.clause.end
        || context.is_before("、 ） ) ” 的");
    ranked && !names && placed && is_no_goal(context)
}

/// 最大 of all others rather than to the greatest extent.
fn is_superlative(context: &CueContext<'_>) -> bool {
    let extent = context.is_before("限度 程度 化 可能 额度 补贴 给予 不超过 可");
    !extent && context.names_a_scope(&[Scope::City, Scope::District])
}

/// A title or a prize that was given.
fn is_honour(context: &CueContext<'_>) -> bool {
    const HONOURS: &str = "创新案例 优秀案例 十佳案例 奖 称号 荣誉 先进 十佳 最佳 示范 典型 优秀 百强 文明城市 第一名 第一 最高 \
            国家级 试点城市 国家试点 全国试点 首批 标兵 样板 重点项目 排头兵 金奖 品牌";
    let given = context.precedes(HONOURS, 40);
    // 获得奖励 and 列入先进制造业 are none.
    let paid = context.precedes(
        "奖励 奖补 补贴 奖金 先进制造 先进技术 示范区建设 重点工作 考核",
        30,
    );
    let own = context.follows("给予 对获 凡 可获 对于 对新 被授予的", 12)
        || context.is_after("对 凡 可 对被");
    given && !paid && !own && is_no_goal(context) && !context.is_before("取 批准")
}

/// A change with 了, words of degree or a figure.
fn is_result(context: &CueContext<'_>) -> bool {
    if context.is_aim()
        || context.is_before("率 型 力 办法 方案 计划 工程 机制 行动 中心 平台 站 性")
    {
        return false;
    }
    let words: String = context.text[context.words.clone()].iter().collect();
    // 机构建立, 结构建设
    if words == "构建" && context.is_after("机 结 架") {
        return false;
    }
    let done =
        context.is_before("了 出了 到了") || context.is_after("已 已经 得到了 得到有效 得到");
    let degree = context.is_after(SUCCESSES);
    let weaker = context.is_after(DEGREES) || context.is_after("新");
    let counted = context.has_figure();
    if DEEDS.split(' ').any(|deed| deed == words) {
        let summed = counted && context.clause_has("累计 共 已 目前");
        if SETTINGS.split(' ').any(|deed| deed == words) {
            return degree && done || summed;
        }
        // 人居环境明显优化 after what was done; alone it is a heading.
        let ends = context.words.end == context.clause.end
            && context.clause.start > context.sentence.start;
        return degree && (done || counted || ends)
            || done && weaker
            || counted && (done || weaker)
            || summed;
    }
    done || degree || counted && !context.follows("不 未 给予 补贴", 6)
}

/// 累计, 已有, 截至目前 with a figure.
fn is_account(context: &CueContext<'_>) -> bool {
    let words: String = context.text[context.words.clone()].iter().collect();
    if context.is_aim() {
        return false;
    }
    // The figure of 截至目前 comes in a clause after it.
    if words.starts_with('截') {
        let rest = CueContext::new(
            context.text,
            context.sentence.clone(),
            context.sentence.end - 1..context.sentence.end - 1,
        );
        let mut at = context.clause.end + 1;
        while at < context.sentence.end {
            let next = CueContext::new(context.text, context.sentence.clone(), at..at);
            if next.has_figure() {
                return true;
            }
            at = next.clause.end + 1;
        }
        return rest.has_figure() && context.clause.end >= context.sentence.end;
    }
    context.has_figure()
}

/// 由30天缩短到5天, 从…向…转变.
fn is_fall_or_rise(context: &CueContext<'_>) -> bool {
    let changed = context.precedes(
        "缩短 降到 降至 降为 减少 压缩 提高到 提升到 提升至 上升到 增长到 增加到 \
            增至 扩大到 下降到 减至 跃升 缩减",
        26,
    );
    let turned = context.precedes("转变 的跨越 的飞跃 的转型", 40)
        && context.clause_has("了 实现 推动 完成");
    (changed && context.sentence_has("0 1 2 3 4 5 6 7 8 9") || turned) && !context.is_aim()
}

/// 得到有效控制, 取得明显成效, 发挥了重要作用.
fn is_gain(context: &CueContext<'_>) -> bool {
    const GAINS: &str = "成效 效果 作用 提升 提高 改善 解决 控制 保障 落实 实施 发展 好评 认可 \
            成果 进展 突破 实效 满足 规范 增强 优化 加强 拥护 遏制 缓解 支持 效益 \
            成绩 反响 信任 影响 活力 动力 自主权 空间 变化 恢复 治理 盘活 完善 赞誉";
    const DEGREES: &str = "了 显著 明显 良好 较好 突出 积极 重大 重要 初步 阶段性 实质性 很好 一致 普遍 \
                           有效 有力 深入 较大 很大 极大 圆满 彻底 全面 广泛";
    // 取得成效 alone may be the name of a section.
    let is_told = context.clause_has(DEGREES) || context.has_figure() || context.words_are("得到");
    let is_funded = context.has_figure() && context.precedes("贷款 授信 融资 投资", 22);
    is_told
        && (context.precedes(GAINS, 22) || is_funded)
        && !context.is_aim()
        && !context.is_after("未 难以 没有 不能")
}

/// 推广 of what the case did, by others.
fn is_spread(context: &CueContext<'_>) -> bool {
    let others = context.is_after(
        "复制 全国 全省 全市 全区 全县 全国全面 全省全面 全市全面 全区全面 内 范围 面上 可 值得 借鉴 、 加以 予以 \
            会上 进行 系统 经验 进一步 行业",
    ) || context
        .is_before("到 至 经验 价值 意义 借鉴 该 的模式 提供 青岛 工作经验 、借鉴 复制")
        || context.clause_has("经验 做法 在全国 在全省 模式");
    let product = context.is_before("应用 新技术 使用 普及 中心 站 会 机制 使 节水")
        && !context.is_after("全国 全省 复制");
    let learning = context.follows("学习 借鉴 引进", 12);
    others && !product && !learning && !context.follows("计划 拟", 12)
}

/// 可借鉴 and 提供了借鉴; learning from others is none.
fn is_model(context: &CueContext<'_>) -> bool {
    context.is_after("可 值得 可供 可值 提供了 有益 重要 的 可以 成功 参考 供")
        || context.is_before("意义 价值 作用 。")
        || context.is_after("提供")
}

fn is_shown(context: &CueContext<'_>) -> bool {
    let learning = context.follows("学习 借鉴 吸收 总结", 12)
        || context.precedes("学习 借鉴 考评 制度 机制 评比", 4);
    let known =
        context.sentence_has("召开 推广 全国 全省 介绍 交流 发言 观摩 被 作为 国务院 省 部");
    known && !learning && !context.is_aim()
}

/// Others who come to see it.
fn is_visited(context: &CueContext<'_>) -> bool {
    let come = context.follows(
        "前来 多地 来青 来访 先后有 慕名 纷纷 来我 来区 批次 各地 省市 兄弟",
        24,
    );
    come && !context.is_aim() && !context.is_before("借鉴 型 会")
}

/// Rows by the first character of their words.
static BY_FIRST: LazyLock<HashMap<char, Vec<(&'static str, &'static Row)>>> = LazyLock::new(|| {
    let mut rows: HashMap<char, Vec<(&str, &Row)>> = HashMap::new();
    for row in ROWS {
        for word in row.words.split(' ') {
            let first = word.chars().next().expect("no word is empty");
            rows.entry(first).or_default().push((word, row));
        }
    }
    // The longest word of a place counts.
    for words in rows.values_mut() {
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    }
    rows
});

/// The cues of a sentence, in reading order; of words of one criterion that
/// overlap, the first and longest.
pub(super) fn find(text: &[char], sentence: Range<usize>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut titles = 0;
    for at in sentence.clone() {
        match text[at] {
            '《' => titles += 1,
            '》' => titles -= 1,
            _ => {}
        }
        // The name of a paper claims nothing.
        let rows = BY_FIRST.get(&text[at]).filter(|_| titles <= 0);
        for (word, row) in rows.into_iter().flatten() {
            let end = at + word.chars().count();
            let covered = |cue: &Found| cue.criterion == row.criterion && cue.range.end > at;
            if end > sentence.end
                || found.iter().any(covered)
                || !context::begins_with(&text[at..], word)
            {
                continue;
            }
            let context = CueContext::new(text, sentence.clone(), at..end);
            if (row.counts)(&context) {
                found.push(Found {
                    criterion: row.criterion,
                    range: at..end,
                    scope: context.scope(),
                });
            }
        }
    }
    found
}
