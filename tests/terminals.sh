#!/usr/bin/env bash
# Opens the built program in real terminals, drives a search, looks at what they
# show, and keeps pictures:
#
#     cargo build --release && tests/terminals.sh
#
# usage: tests/terminals.sh [--install | --install-all] [PROGRAM [FOLDER]]
#
# PROGRAM is target/release/anli unless said otherwise; pictures go to FOLDER,
# target/terminals by default. Where something is missing, the terminal that wants
# it is left out and the script says so. --install fetches tmux, GNU screen, xterm
# and what they need with apt-get first, where that may be done; --install-all
# fetches all the terminals, which are some hundred packages. With ONLY='kitty st'
# in the environment the others are left out.
set -euo pipefail
cd "$(dirname "$0")/.."

install=no
case ${1-} in
--install) install=few && shift ;;
--install-all) install=all && shift ;;
esac
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

wanted() { [ -z "${ONLY-}" ] || [[ " $ONLY " == *" $1 "* ]]; }

has_all() {
    local program
    for program in "$@"; do
        has "$program" || return 1
    done
}

has_han_font() { has fc-list && [ -n "$(fc-list :lang=zh family)" ]; }

fetch() {
    [ "$install" != no ] && has apt-get && [ "$(id -u)" = 0 ] || return 0
    local packages=(tmux screen xterm xvfb xdotool imagemagick fontconfig fonts-noto-cjk fonts-dejavu-core)
    if [ "$install" = all ]; then
        packages+=(kitty alacritty rxvt-unicode mlterm stterm konsole xfce4-terminal gnome-terminal dbus
            pterm qterminal cool-retro-term zutty xfonts-base mosh openssh-client openssh-server libgl1-mesa-dri)
    elif has_all tmux screen xterm Xvfb xdotool import && has_han_font; then
        return 0
    fi
    say 'fetching what is missing'
    export DEBIAN_FRONTEND=noninteractive
    { timeout 60 apt-get update && timeout 600 apt-get install -y --no-install-recommends "${packages[@]}"; } \
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
    wanted tmux || return 0
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
    wanted screen || return 0
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
    wanted "$name" || return 0
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

# Any terminal with a window: searches, reads, stars, looks at the help, leaves.
# usage: in_window NAME VERSION COMMAND...
#
# `here` in COMMAND is a script that runs the program. What a window shows is
# nowhere to be had as text, so that pictures are kept and the star is looked for
# in what the program saved.
in_window() {
    local name=$1 version=$2
    shift 2
    wanted "$name" || return 0
    # Some need a session of the desktop's bus around them.
    local program=$1
    [ "$1" != dbus-run-session ] || program=$3
    if ! has_all "$1" "$program"; then
        say "$name: left out, it is not installed"
        return
    fi
    if ! has_all xdotool import || [ -z "${DISPLAY-}" ] || ! has_han_font; then
        say "$name: left out, it needs Xvfb, xdotool, ImageMagick and a Chinese font"
        return
    fi
    state=$scratch/state-$name
    rm -f "$scratch/started" "$scratch/code"
    printf '#!/bin/sh\ntouch %q\n%q --state %q --lang en\necho $? >%q\n' \
        "$scratch/started" "$anli" "$state" "$scratch/code" >"$scratch/here"
    chmod +x "$scratch/here"
    "${@/#here/$scratch/here}" >"$scratch/shown" 2>&1 &
    local terminal=$!
    started+=("$terminal")
    until_true "start of $name" test -e "$scratch/started"
    until_true "window of $name" any_window
    local window
    window=$(tail -n 1 "$scratch/window")
    xdotool windowmove "$window" 0 0 windowsize "$window" 1100 700 windowfocus "$window" 2>/dev/null || true
    picture "$name"
    xdotool type --delay 30 /gongjijin
    picture "$name"
    xdotool key Return
    picture "$name"
    xdotool key s
    xdotool key question
    picture "$name-help"
    xdotool key Escape
    picture "$name-closed"
    xdotool key q
    until_true "end of $name" test -s "$scratch/code"
    until_true "code of $name" grep -qx 0 "$scratch/code"
    until_true "star of $name" grep -rqF '"003-16"' "$state"
    kill "$terminal" 2>/dev/null || true
    until_true "window of $name closed" no_window
    say "$name, $version: searched, read, starred, left; its pictures are $pictures/$name*.png"
}

any_window() { xdotool search --onlyvisible --class . >"$scratch/window" 2>/dev/null && [ -s "$scratch/window" ]; }

no_window() { ! any_window; }

# A picture of the screen once two in a row are alike; the last of some where the
# terminal flickers as an old tube does.
picture() {
    local before= now deadline=$((SECONDS + 5))
    while [ "$SECONDS" -lt "$deadline" ]; do
        import -window root -define png:exclude-chunks=date,time "$pictures/$1.png"
        now=$(cksum <"$pictures/$1.png")
        [ "$now" != "$before" ] || return 0
        before=$now
        sleep 0.4
    done
}

# A server of our own that only we can log in to, for ssh and mosh.
open_ssh() {
    has_all ssh ssh-keygen && [ -x /usr/sbin/sshd ] || return 1
    ssh-keygen -q -t ed25519 -N '' -f "$scratch/host_key" && ssh-keygen -q -t ed25519 -N '' -f "$scratch/key"
    cp "$scratch/key.pub" "$scratch/authorized"
    [ "$(id -u)" != 0 ] || mkdir -p /run/sshd
    port=$((20000 + $$ % 20000))
    /usr/sbin/sshd -D -e -f /dev/null -p "$port" -h "$scratch/host_key" -o ListenAddress=127.0.0.1 \
        -o AuthorizedKeysFile="$scratch/authorized" -o StrictModes=no -o PidFile=none -o PermitRootLogin=yes \
        -o AcceptEnv='LC_*' 2>"$scratch/sshd" &
    started+=("$!")
    ssh="ssh -q -p $port -i $scratch/key -o SendEnv=LC_ALL -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null"
    until_true 'ssh server' $ssh 127.0.0.1 true
}

# The first number that a program says of its version.
version_of() { "$@" 2>&1 | grep -oE '[0-9]+(\.[0-9a-z]+)*' | head -n 1; }

package_version() { dpkg-query -W -f '${Version}' "$1" 2>/dev/null || echo '?'; }

in_windows() {
    # Han two columns wide are drawn by the processor here.
    export LIBGL_ALWAYS_SOFTWARE=1 QT_QPA_PLATFORM=xcb
    export XDG_RUNTIME_DIR=$scratch/run
    mkdir -p -m 700 "$XDG_RUNTIME_DIR" "$HOME/.mlterm"
    printf 'DEFAULT=DejaVu Sans Mono\nISO10646_UCS4_1_FULLWIDTH=Noto Sans Mono CJK SC\n' >"$HOME/.mlterm/aafont"
    in_window kitty "$(package_version kitty)" kitty -o confirm_os_window_close=0 here
    in_window alacritty "$(package_version alacritty)" alacritty -e here
    in_window urxvt "$(package_version rxvt-unicode)" urxvt -fn 'xft:DejaVu Sans Mono:size=11,xft:Noto Sans Mono CJK SC' -e here
    in_window mlterm "$(package_version mlterm)" mlterm --type xft -E utf8 -e here
    in_window st "$(package_version stterm)" stterm -f 'DejaVu Sans Mono:size=11' -e here
    in_window konsole "$(package_version konsole)" konsole --nofork -e here
    in_window xfce4-terminal "$(package_version xfce4-terminal)" \
        dbus-run-session -- xfce4-terminal --disable-server -x here
    in_window gnome-terminal "$(package_version gnome-terminal)" dbus-run-session -- gnome-terminal --wait -- here
    in_window pterm "$(package_version pterm)" pterm -e here
    in_window zutty "$(package_version zutty)" zutty -e here
    in_window qterminal "$(package_version qterminal)" qterminal -e here
    in_window cool-retro-term "$(package_version cool-retro-term)" cool-retro-term -e here
    local xterm=(xterm -u8 -fa monospace -fd 'Noto Sans CJK SC' -fs 12)
    has tmux && in_window tmux "$(tmux -V)" "${xterm[@]}" -e tmux -L "$socket-window" -f /dev/null new-session here
    has screen && in_window screen "$(screen --version)" "${xterm[@]}" -e env SCREENDIR="$scratch/screens" screen -U -c /dev/null here
    if has xterm && open_ssh; then
        in_window ssh "$(ssh -V 2>&1)" "${xterm[@]}" -e $ssh -t 127.0.0.1 here
        has mosh && in_window mosh "$(package_version mosh)" "${xterm[@]}" -e mosh --ssh="$ssh" 127.0.0.1 here
    else
        say 'ssh, mosh: left out, they need xterm, ssh and sshd'
    fi
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
in_windows
