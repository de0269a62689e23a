//! Words of questions and sentences that say nothing of what is asked for.

use super::fold::fold;

/// Words that ask, and say nothing of what is asked for.
const EMPTY: &str = "有什么 有没有 有哪些 是什么 为什么 怎么样 怎样 哪些 什么 怎么 如何 关于 请问 我想 想要 \
    了解 知道 查询 查找 查一下 搜索 哪里 哪个 多少 是否 能否 可以 案例 做法 材料 方面 区别 资料 文章 内容 \
    相关 有关 一下 介绍 情况 经验 例子 我们 他们 这个 那个 在哪里 在哪 哪个区 哪个市 叫什么 \
    哪些区 哪些市 哪个部门 哪些部门 哪个单位 哪些单位 哪个地方 哪些地方 哪个城市 哪些城市 什么时候 哪一年 \
    哪年 几年 为何 怎么办 怎么做 怎样做 什么样 做过 搞过 搞了 想找 找一个 给我 看看 一个 \
    有 的 了 是 在 和 与 及 吗 呢 吧 啊 我 谁 搞 做 要 过 里";

/// English words that ask, and say nothing of what is asked for.
const EMPTY_ENGLISH: &str = "a an the how what which who where when why is are was were do does did in on of \
    about for to and or with any some me show find tell case cases many much \
    work works";

/// How many characters a Chinese one has at most.
pub const LONGEST: usize = 4;

/// Whether a word says nothing of what is asked for.
pub fn is_empty(word: &str) -> bool {
    is_listed(EMPTY_ENGLISH, word) || is_listed(EMPTY, word)
}

/// Whether a word is in a list of words parted by spaces.
fn is_listed(list: &str, word: &str) -> bool {
    let word: String = word.chars().map(fold).collect();
    list.split_whitespace().any(|known| known == word)
}

/// Whether a Chinese word does.
pub fn is_empty_han(word: &str) -> bool {
    is_listed(EMPTY, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_empty_word_is_longer_than_the_longest() {
        let lengths = EMPTY.split_whitespace().map(|word| word.chars().count());
        assert_eq!(lengths.max(), Some(LONGEST));
    }
}
