#!/usr/bin/env bash
# Opens the built program in real terminals, drives a search, looks at what they
# show, and keeps pictures:
#
#     cargo build --release && tests/terminals.sh
#
# usage: tests/terminals.sh [--install] [PROGRAM [FOLDER]]
#
# PROGRAM is target/release/anli unless said otherwise; pictures of xterm go to
# FOLDER, target/terminals by default. Where something is missing, the terminal
# that wants it is left out and the script says so; --install fetches what is
# missing with apt-get first, where that may be done.
set -euo pipefail
cd "$(dirname "$0")/.."

install=no
if [ "${1-}" = --install ]; then
    install=yes
    shift
fi
anli=$(realpath "${1:-target/release/anli}")
pictures=${2:-target/terminals}
[ -x "$anli" ] || { echo "terminals: there is no program $anli" >&2; exit 2; }
mkdir -p "$pictures"

# Seconds that a terminal has for what it should show.
patience=30

scratch=$(mktemp -d)
touch "$scratch/shown" "$scratch/xterm"
socket=anli-terminals-$$
started=()
clean_up() {
    tmux -L "$socket" kill-server 2>/dev/null || true
    for process in "${started[@]}"; do
        kill "$process" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    rm -rf "$scratch"
}
trap clean_up EXIT

# The reader's own marks and settings stay out of it.
export HOME=$scratch XDG_STATE_HOME=$scratch/state XDG_CONFIG_HOME=$scratch/config
unset TMUX SSH_TTY SSH_CONNECTION SSH_CLIENT NO_COLOR COLORTERM
export LC_ALL=C.UTF-8

say() { printf 'terminals: %s\n' "$*"; }

has() { command -v "$1" >/dev/null 2>&1; }

has_all() {
    local program
    for program in "$@"; do
        has "$program" || return 1
    done
}

has_han_font() { has fc-list && [ -n "$(fc-list :lang=zh family)" ]; }

fetch() {
    [ "$install" = yes ] && has apt-get && [ "$(id -u)" = 0 ] || return 0
    { has_all tmux screen xterm Xvfb xdotool import && has_han_font; } && return 0
    say 'fetching what is missing'
    export DEBIAN_FRONTEND=noninteractive
    { timeout 60 apt-get update && timeout 300 apt-get install -y --no-install-recommends \
        tmux screen xterm xvfb xdotool imagemagick fontconfig fonts-noto-cjk fonts-dejavu-core; } \
        >"$scratch/apt" 2>&1 || say "not everything could be fetched: $(tail -n 1 "$scratch/apt")"
}

# Waits until a command succeeds; fails, with what was shown last, when the time
# is up.
until_true() {
    local what=$1 deadline=$((SECONDS + patience))
    shift
    until "$@"; do
        if [ "$SECONDS" -ge "$deadline" ]; then
            say "no $what within $patience s; the terminal shows:" >&2
            cat "$scratch/shown" "$scratch/xterm" >&2 || true
            exit 1
        fi
        sleep 0.05
    done
}

# Whether the terminal shows a text. `shown` is set to what reads its screen.
shows() { "$shown" >"$scratch/shown" 2>/dev/null && grep -qF -- "$1" "$scratch/shown"; }

see() { until_true "“$1”" shows "$1"; }

title='青岛公积金开启“刷脸”认证时代'
sentence='为方便职工快速查询个人住房公积金'

in_tmux() {
    if ! has tmux; then
        say 'tmux: left out, it is not installed'
        return
    fi
    # A shell in which exit codes can be seen; none of the reader's settings.
    tmux -L "$socket" -f /dev/null new-session -d -x 100 -y 30 'PS1="$ " sh'
    tmux -L "$socket" set -s set-clipboard on
    tmux -L "$socket" set -s escape-time 20
    shown=tmux_screen
    keys "'$anli' --no-state --lang en" Enter
    see '94 / 94'
    keys /gongjijin
    see '3 / 94'
    see "$title"
    keys Enter
    see "$sentence"
    # The title goes through tmux's own clipboard.
    keys y title Enter
    until_true 'copy of the title' copied "$title"
    # One pane, in which the page goes on.
    tmux -L "$socket" resize-window -x 60 -y 20
    until_true 'narrow page' narrow
    tmux -L "$socket" resize-window -x 100 -y 30
    see '3 / 94'
    keys C-z
    see Stopped
    keys fg Enter
    see "$sentence"
    keys q
    until_true 'prompt' at_prompt
    keys 'echo "exit code $?"' Enter
    see 'exit code 0'
    tmux -L "$socket" kill-server
    say "$(tmux -V): searched, read, copied, resized, stopped and continued, left"
}

# In its default settings it has no alternate screen, so that the last frame must
# not be left behind.
in_screen() {
    if ! has_all tmux screen; then
        say 'GNU screen: left out, it needs screen and tmux'
        return
    fi
    mkdir -m 700 "$scratch/screens"
    tmux -L "$socket" -f /dev/null new-session -d -x 100 -y 30 \
        "SCREENDIR='$scratch/screens' TMUX= screen -U -c /dev/null env 'PS1=$ ' sh"
    shown=tmux_screen
    see '$'
    keys "'$anli' --no-state --lang en" Enter
    see '94 / 94'
    keys /gongjijin
    see '3 / 94'
    keys Enter
    see "$sentence"
    keys C-z
    see Stopped
    keys fg Enter
    see "$sentence"
    keys q
    until_true 'end' without "$sentence"
    keys 'echo "exit code $?"' Enter
    see 'exit code 0'
    keys exit Enter
    say "$(screen --version): searched, read, stopped and continued, left"
}

without() { "$shown" >"$scratch/shown" && ! grep -qF -- "$1" "$scratch/shown"; }

tmux_screen() { tmux -L "$socket" capture-pane -p; }

keys() {
    local key
    for key in "$@"; do
        tmux -L "$socket" send-keys -- "$key"
    done
}

at_prompt() { shows '$ fg' && ! grep -qF '3 / 94' "$scratch/shown"; }

copied() { [ "$(tmux -L "$socket" show-buffer 2>/dev/null)" = "$1" ]; }

narrow() { shows "$sentence" && ! grep -qF '│' "$scratch/shown"; }

in_xterm() {
    local name=$1
    shift
    if ! has_all xterm xdotool import || [ -z "${DISPLAY-}" ] || ! has_han_font; then
        say "$name: left out, it needs xterm, Xvfb, xdotool, ImageMagick and a Chinese font"
        return
    fi
    # F12 makes xterm write the text of its screen down.
    rm -f "$scratch/printed"
    xterm -u8 -fa monospace -fd 'Noto Sans CJK SC' -fs 12 -geometry 110x32 -bg black -fg grey90 \
        -xrm "*printerCommand: cat >$scratch/printed" -xrm '*printAttributes: 0' -xrm '*printerAutoClose: true' \
        -xrm '*VT100.translations: #override <Key>F12: print()' \
        "$@" -e "$anli" --no-state --lang en 2>"$scratch/xterm" &
    local terminal=$!
    started+=("$terminal")
    shown=xterm_screen
    until_true 'window' window
    see '94 / 94'
    xdotool type --delay 20 /gongjijin
    see '3 / 94'
    see "$title"
    xdotool key Return
    see "$sentence"
    import -window "$(head -n 1 "$scratch/window")" "$pictures/$name.png"
    xdotool key Escape
    xdotool key q
    until_true 'end' gone "$terminal"
    say "$(xterm -version), $name: searched, read, left; its picture is $pictures/$name.png"
}

window() { xdotool search --class XTerm >"$scratch/window" 2>/dev/null && [ -s "$scratch/window" ]; }

# xterm prints U+FFFF for the second cell of a wide character.
xterm_screen() {
    xdotool key F12
    [ -s "$scratch/printed" ] && LC_ALL=C sed 's/\xef\xbf\xbf//g' "$scratch/printed"
}

gone() { ! kill -0 "$1" 2>/dev/null; }

# A screen in memory; without it there is no xterm. By itself it would begin anew
# when its last window closes, and lose the next one if that opens meanwhile.
open_display() {
    unset DISPLAY
    has Xvfb || return 0
    Xvfb -displayfd 3 -screen 0 1200x760x24 -nolisten tcp -noreset 3>"$scratch/display" 2>/dev/null &
    local server=$! deadline=$((SECONDS + patience))
    started+=("$server")
    until [ -s "$scratch/display" ]; do
        gone "$server" || [ "$SECONDS" -ge "$deadline" ] && return 0
        sleep 0.05
    done
    DISPLAY=:$(cat "$scratch/display")
    export DISPLAY
}

fetch
in_tmux
in_screen
open_display
in_xterm xterm
# Quotation marks and dashes two columns wide, as many Chinese users have them.
in_xterm xterm-wide -cjk_width
