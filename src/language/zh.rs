//! The command line in Chinese.

use super::{Answer, Help, Labels, Language, ReadErrors, Stats, Usage};

pub const LABELS: Labels = Labels {
    language: Language::Chinese,
    help: Help {
        about: "案例 anli：在终端里查找、阅读政府创新案例",
        purpose: "在终端里查找、阅读政府创新案例",
        synopsis: "anli [选项] [QUERY]...\n      anli [选项] <COMMAND> ...",
        options: "[选项]",
        usage_heading: "用法：",
        commands_heading: "命令：",
        arguments_heading: "参数：",
        options_heading: "选项：",
        examples_heading: "示例：",
        examples: "  anli                   打开全屏浏览
  anli ditie 融资        打开并填好查询（拼音、简体、繁体均可）
  anli -- list           查询词与命令同名时，先写 --
  anli search 公厕       不进全屏，直接列出结果
  anli show 003-5        打印一个案例的全文
  anli cite 003-5        给出参考文献
  anli export --query ditie --output metro.csv
                         将查到的案例导出到文件",
        query_heading: "查询语法：",
        query_examples: "  地铁 审批              多个词须同时符合
  ditie                  拼音
  地铁|公积金            任一符合即可
  审批 -市南             排除
  \"财富管理\"             只按原文查找，不按读音
  年:2017 医共体         限定字段（或 year:）；冒号前写字段名
  年:2015-2017           年份的区间

  字段：年 year、地 area、类 cat、机构 org、题 title、文 text、源 src、全 done、
  主题 topic、标签 tag、笔记 note、星 star、据 evidence、字数 length",
        exit_heading: "退出码：",
        exit_codes: "  0 成功\n  1 没有找到，未能全部导入，或核对未通过\n  2 用法有误，或文档无法读取",

        list: "列出全部案例",
        show: "打印案例全文",
        search: "查找案例，最相符的在前",
        cite: "给出参考文献著录，默认 GB/T 7714—2025",
        export: "导出案例，供其他程序使用",
        import: "从导出的文件导入星标、标签、笔记和摘录",
        figures: "列出案例中的关键数字",
        evidence: "列出支持评审标准的语句：创新性、领先性、实效性、可推广",
        related: "列出相关案例及其理由",
        lineage: "列出同一改革或主题历年的脉络",
        compare: "对照两三个案例：同类章节和同单位的数字并列",
        stats: "统计案例：年度、类别、地区、主题、篇幅",
        compile: "编印汇编：选定案例的摘要集或全文集",
        compile_layout: "版式：digest 名单与提要，full 全文（默认）",
        compile_format: "格式：txt、md、html、docx（不指定则看文件扩展名）",
        compile_title: "汇编的标题",
        compile_order: "次序：rank（按本轮名次，未另选案例时的默认值）、fixed（排名不分先后）",
        compile_preface: "编者按：文本文件，每行一段",
        compile_appendix: "附录：文本文件，每行一段，排在案例之后",
        compile_abstract: "选定提要（名单与提要版式）：段落序号，或章节标题中的文字",
        compile_cover: "加标题页",
        compile_contents: "加目录",
        jury: "评审：从设置、形式审查、评分、汇总到评审文件",
        jury_action: "步骤：new 新建，check 形式审查，score 评分，status 进度，tally 汇总，amend 登记改动，open 开放复评，agenda 议程，note 讨论记录，order 并列次序，vote 表决，sheets 评审文件，csv 明细表，close 结束，verify 核对，publicity 公示，objection 异议",
        jury_dir: "评审文件夹（内有 round.toml）",
        jury_item: "内容，如 创新性=36、回避=理由、到会=11",
        jury_juror: "评委姓名；只显示该评委可见的内容",
        jury_case: "案例编号",
        jury_reason: "理由",
        jury_output: "写入各种表的文件夹（默认为评审文件夹下的 papers）；csv 时为要写的文件",
        jury_accept: "受理形式审查没有问题的全部材料",
        check: "核对每篇文档的每个字符归属何处",
        check_catalog: "按读到的内容打印一份编目（catalog.toml），供修改",
        config_command: "显示设置文件的位置，或检查设置",
        config_print: "打印全部设置的默认值与说明",
        config_check: "逐条指出设置中的错误",
        doctor: "检查终端与环境，逐项给出建议",
        completions: "打印命令行补全脚本",
        man: "打印手册页（man）",
        help: "说明一个命令，或显示使用指南的一页",

        query: "查询词，启动时填入；多个词须同时符合",
        search_query: "查询词；多个词须同时符合",
        search_exact: "只按字面和拼音查找，不猜测，不换词",
        export_guesses: "查询只有猜测的结果时也导出",
        id: "案例编号，如 000-13（见 anli list）",
        section: "只打印某一节：背景、做法、创新、成效、领先性，或小标题中的字",
        script: "正文用字：原（照原文，默认）、简、繁",
        style: "著录格式：gbt2025、gbt2015、bibtex、ris、csl、markdown",
        export_query: "只用查询到的案例，而不是全部",
        figures_format: "表格格式：csv、md",
        compare_format: "格式：text（默认）、md",
        format: "格式：md、csv、json、jsonl、bib、ris、csl-json（不指定则看文件扩展名）",
        output: "写入文件 FILE，不打印",
        force: "文件已存在时直接覆盖",
        import_file: "export 写出的 JSON、JSONL 或 CSV 文件",
        dry_run: "只报告会导入什么，不保存",
        install: "安装到系统会查找的位置，并说明位置",
        install_dir: "改为安装到指定文件夹",
        shell: "命令解释器：bash、zsh、fish（安装补全时默认为当前所用的）",
        topic: "命令，或使用指南的主题（anli help guide 列出全部）",
        topics_heading: "使用指南（anli help 主题）：",

        seeds: "读取自己的文档，不用自带的五篇：文件、文件夹或 -；可重复",
        library: "读取设置文件里名为 NAME 的文档库",
        encoding: "文本文件的编码：utf-8、gb18030、big5、utf-16le、utf-16be",
        open: "打开自己的文档：文件、文件夹，或 - 即标准输入",
        open_path: "文件或文件夹；- 是标准输入",
        tour: "导览：在真实界面里用十步学会常用按键，不保存任何标记",
        demo: "自动演示：自己输入、翻页、讲解，循环播放，按任意键即可接手",
        demo_script: "演示脚本；不写则用自带的",
        demo_print: "打印自带的脚本，供改写",
        idle_users: "anli demo 和 --kiosk",
        idle: "演示、公用终端：多少秒无操作后回到开头（默认 60、180）",
        roomy: "段落之间、列表各案例之间空一行（投影用）",
        title_page: "启动时先显示标题页，按任意键进入",
        kiosk: "公用终端：不写文件，不运行其他程序，不读访客的设置",
        round: "评审文件夹：只读取该轮受理的案例，按评委本人的次序",
        lang: "界面语言：zh 或 en（不指定则看 LC_ALL、LC_MESSAGES、LANG）",
        json: "每行输出一个 JSON 对象",
        list_all: "同时列出文档中案例之外的文字",
        sort: "排序：reading（原书次序）、newest、oldest（时间）、name（文件名）、title（标题拼音）、length（篇幅）、evidence（评审依据）、innovation、leadership、effect、spread（各项依据）",
        ambiguous: "“”—… 等字符所占列数：auto（询问终端）、1 或 2",
        mouse: "鼠标：on、off 或 auto（本机开启，SSH 下关闭）",
        no_sync: "不使用终端的同步输出",
        plain: "逐行问答，不用全屏（读屏软件、串口、日志）",
        no_state: "不读取也不保存标记与阅读位置",
        state: "标记与阅读位置存放的文件夹",
        config: "设置文件（不指定则用 anli config 所示的文件）",
        theme: "配色：16、mono、contrast、truecolor",
        background: "终端背景：auto（问终端）、dark（深色）、light（浅色）",
        help_flag: "显示帮助",
        version_flag: "显示版本",
    },
    usage: Usage {
        unknown_option: |option, near| match near {
            Some(near) => format!("没有选项 {option}，是否要用 {near}"),
            None => format!("没有选项 {option}；查询词以 - 开头时先写 --"),
        },
        unexpected_word: |word| format!("多余的参数 {word}"),
        invalid_value: |option, value, values| {
            if values.is_empty() {
                format!("{option} 的值 {value} 无效")
            } else {
                let values = values.join("、");
                format!("{option} 的值 {value} 无效，可用 {values}")
            }
        },
        missing_value: |option| format!("{option} 缺少值"),
        needless_value: |option| format!("{option} 不带值"),
        missing_argument: |argument| format!("缺少参数 {argument}"),
        conflict: |option, other| format!("{option} 与 {other} 不能同时使用"),
        unknown_topic: |topic, near| match near {
            Some(near) => format!("没有名为 {topic} 的命令或使用指南主题，是否要用 {near}"),
            None => format!("没有名为 {topic} 的命令或使用指南主题"),
        },
        only_with: |option, others| format!("{option} 只用于 {others}"),
        not_utf8: "参数不是 UTF-8",
        other: "无法理解这些参数",
        with_hint: |sentence, call| format!("{sentence}；用法见 {call}"),
        unknown_library: |name, names| match names {
            [] => format!(
                "没有名为 {name} 的文档库；可在设置文件里写 [library.{name}] 和 paths = [\"…\"]"
            ),
            names => format!(
                "没有名为 {name} 的文档库；设置文件里有 {}",
                names.join("、")
            ),
        },
        is_a_document: |path| {
            format!("{path} 是文件；打开它用 anli open {path}，检索这个词用 anli search {path}")
        },
        needs_terminal: "全屏浏览需要终端；可用 anli list、anli search、anli show 或 --plain",
        needs_terminal_alone: "全屏浏览需要终端",
    },
    reading: ReadErrors {
        folder: |folder, why| format!("无法读取文件夹 {folder}：{why}"),
        document: |document, why| format!("无法读取文档 {document}：{why}"),
        demo_script: |script, why| format!("无法读取演示脚本 {script}：{why}"),
        catalog: |catalog, why| format!("无法读取编目 {catalog}：{why}"),
        settings: |file, why| format!("无法读取设置文件 {file}：{why}"),
        input: |why| format!("无法读取输入：{why}"),
        output: |why| format!("无法写出结果：{why}"),
        temporary: |why| format!("无法新建临时文件：{why}"),
        file: |file, why| format!("无法写入文件 {file}：{why}"),

        missing: "不存在",
        no_such_folder: "所在文件夹不存在",
        forbidden: "没有权限",
        is_a_folder: "是一个文件夹",
        not_a_folder: "不是文件夹",
        not_a_file: "不是普通文件",
        link_loop: "符号链接循环",
        disk_full: "磁盘已满",
        file_too_large: "文件超过了系统允许的大小",
        name_too_long: "文件名太长",
        read_only: "磁盘只读",
        no_reader: "没有程序在读这个管道；请先运行读取的程序，或写普通文件的名称",
        in_the_way: "文件已存在",
        exists: "文件已存在，覆盖请用 --force",
        no_documents: "其中没有可读取的文档",
        more_unread: |count| format!("另有 {count} 篇文档无法读取；全部列在 anli check 里"),
        too_large: |bytes, limit| format!("有 {} MB，超过上限 {} MB", bytes >> 20, limit >> 20),
        not_utf8: |byte, line| format!("第 {byte} 字节起不是 UTF-8（第 {line} 行）"),
        convert: "；若是 GBK，可用 iconv -f GB18030 -t UTF-8 转换",
    },
    answer: Answer {
        installed: |file| format!("已安装 {file}"),
        installed_already: |file| format!("{file} 已安装，无需更新"),
        replaced: |file| format!("已替换 {file}"),
        dir_needed: "没有主目录，请用 --dir 指定文件夹",
        which_shell: "请写明 shell：bash、zsh 或 fish",
        loads_completions: |shell, folder| match shell {
            "bash" => format!(
                "若已安装 bash-completion，新开的 bash 即可补全；否则请在 ~/.bashrc 里加一行：source \"{folder}/anli\""
            ),
            "zsh" => format!("请在 ~/.zshrc 的 compinit 之前加一行：fpath=(\"{folder}\" $fpath)"),
            _ => "新开的 fish 即可补全。".to_owned(),
        },
        finds_man: |folder| {
            format!(
                "若 man 会在 {folder} 中查找（~/.local/bin 在 PATH 里时，会查找 ~/.local/share/man），直接用 man anli；否则用 man -M {folder} anli"
            )
        },

        unknown_id: |id, near| {
            if near.is_empty() {
                format!("没有案例 {id}")
            } else {
                format!("没有案例 {id}，相近的有 {}", near.join("、"))
            }
        },
        no_section: |section, id, headings| {
            if headings.is_empty() {
                format!("案例 {id} 没有小标题，也没有 {section} 一节")
            } else {
                let headings = headings.join("；");
                format!("案例 {id} 没有 {section} 一节，它的小标题有：{headings}")
            }
        },
        no_figures: "这些案例中没有数字",
        no_evidence: "这些案例中没有支持评审标准的语句",
        no_related: "没有相关案例",
        no_lineage: "没有跨年度的案例脉络",
        compare_two: "请给出两个或三个不同的案例编号",
        no_such_part: "（无此部分）",
        figures_heading: "数字",
        scoped: |cue, scope| format!("{cue}（{scope}）"),
        figure_columns: ["编号", "数字", "所指", "类别", "原句"],
        no_case: "文档中没有案例，原因见 anli check",
        nothing_found: |query| format!("没有找到 {query}"),
        nothing_similar: "也没有相近的内容，可换用更短的词、拼音或主题（主题:）",
        asked_instead: |query| format!("已按“{query}”查找"),
        all_guesses: "以下均为猜测，没有与所输文字完全相符的案例",
        guesses_needed: "只有猜测的结果；如确需导出，请加 --guesses",
        try_instead: |query, count| match query {
            "" => format!("共有 {count} 个案例"),
            query => format!("可改为查找 {query}（{count} 个案例）"),
        },
        unknown_field: |name, near| format!("没有字段 {name}，是否要用 {near}"),
        unlike_field: |name, [all, _]| format!("没有字段 {name}，可用的有 {}", all.join("、")),
        empty_field: |name| format!("字段 {name} 缺少值"),
        bad_value: |[field, _], value, [example, _]| {
            format!("字段 {field} 的值 {value} 无效，可用 {example}")
        },
        no_value_yet: |name, _| format!("还没有{name}"),
        no_word: "| 后面只能是词语，字段和排除须用空格另写",
        other_syntax: |typed, right| format!("{typed} 按普通文字检索，可写 {right}"),
        not_chinese: |word| format!("案例均为中文，{word} 也不是拼音"),
        open_quote: "引号未闭合",
        too_long: "查找内容过长，只采用前 500 字",
        separator: "；",
        comma: "、",

        missing: |id, elements| format!("{id} 的文档未载{elements}"),
        inferred: |id, elements| format!("{id} 的{elements}为编者所加或推断"),
        exported: |count, file| format!("已将 {count} 个案例导出到 {file}"),
        as_markdown: |file| {
            format!("无法由扩展名判断 {file} 的格式，已写成 Markdown；可用 --format 指定")
        },
        progress: |done, total| format!("已导出 {done}/{total}"),
        cancelled: "导出已取消",
        replace: |file| format!("文件 {file} 已存在，是否覆盖？[y/N]"),

        no_home: "没有主目录，因此没有设置文件；可用 --config 指定",
        settings_right: "设置无误",

        line: |line| format!("第 {line} 行"),
        lines: |first, last| format!("第 {first}-{last} 行"),

        title: "标题",
        org: "机构",
        heading: "小标题",
        text: "正文",
        homophone: "同音匹配",
        scattered: "近似匹配",
        near: "近义",

        document: "文档",
        total: "字符",
        case_text: "案例",
        list_entry: "列表",
        own_text: "其他文字",
        furniture: "附属",
        noise: "噪声",
        white_space: "空白",
        unaccounted: "未归属",
        warnings: "提示",
        sum: "合计",
        warning: |document, line, message| format!("{document} 第 {line} 行：{message}"),
        read_as: |document, [reader, confidence, why], cases| {
            let why = match why {
                "" => String::new(),
                why => format!("（{why}）"),
            };
            format!("{document}：{reader}，{cases} 个案例，可信度{confidence}{why}")
        },
        furniture_line: |document, line, text| format!("{document} 第 {line} 行：页面附属：{text}"),
        left_out: |document, text| format!("{document} 页面框架，未收入：{text}"),
        passed_over: |kind, count| match kind {
            "" => format!("略过无扩展名的文件 {count} 个"),
            kind => format!("略过 .{kind} 文件 {count} 个"),
        },
        folders_passed_over: |count, why| format!("略过 {count} 个：{why}"),
        marks_moved: |count| format!("{count} 个案例的标记已随改动过的文档转到新的文本"),
        marks_lost: |count| {
            format!("{count} 个有标记的案例在文档库中找不到了；标记仍保留，anli check 可列出")
        },
        lost_marks: |title, place| format!("有标记的案例找不到了：{title}（{place}）"),
        check_failed: |count| format!("核对未通过：有 {count} 个字符没有归属，或归属不止一处"),
    },
    stats: Stats {
        cases: "案例",
        documents: "文档",
        characters: "字数",
        lengths: "最短、中位、最长",
        years: "年度",
        categories: "类别",
        areas: "地区",
        kinds: "文本类型",
        topics: "主题（一个案例可有多个）",
        folders: "文件夹",
        sources: "文档",
        by_category: "年度与类别",
        by_area: "年度与地区",
        sizes: "篇幅（字）",
        total: "合计",
        none: "未注明",
    },
};
