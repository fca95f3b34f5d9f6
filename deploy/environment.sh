#!/bin/sh
# Makes .venv from uv.lock. uv is used where it is installed; else it is fetched from the package index into
# var/bootstrap, through venv or through pip, whichever this Python has.
set -eu
export PIP_ROOT_USER_ACTION=ignore
cd "$(dirname "$0")/.."
bootstrap=var/bootstrap

find_python() {
    for candidate in python3.11 python3.12 python3.13 python3.14 python3; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    echo "Cần Python 3.11 trở lên: apt-get install python3. (Python 3.11 or newer is needed.)" >&2
    return 1
}

find_uv() {
    # Asked for its version: a shim on the path may lead nowhere.
    for candidate in uv "$bootstrap/bin/uv"; do
        if "$candidate" --version >/dev/null 2>&1; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

fetch_uv() {
    mkdir -p var
    rm -rf "$bootstrap"
    if "$python" -c 'import ensurepip, venv' 2>/dev/null && "$python" -m venv "$bootstrap" >/dev/null 2>&1; then
        "$bootstrap/bin/python" -m pip install --quiet --disable-pip-version-check 'uv>=0.9'
    elif "$python" -m pip --version >/dev/null 2>&1; then
        "$python" -m pip install --quiet --disable-pip-version-check --target "$bootstrap" 'uv>=0.9'
    else
        echo "Python này không có venv và pip: apt-get install python3-venv (hoặc python3-pip), rồi chạy lại." >&2
        echo "(This Python has neither venv nor pip: install python3-venv or python3-pip, then run again.)" >&2
        return 1
    fi
}

python=$(find_python)
if ! uv=$(find_uv); then
    echo "Đang tải uv…"
    fetch_uv
    uv=$(find_uv)
fi
echo "Đang cài các gói theo uv.lock…"
# A .venv that is there keeps its Python; another one would make uv build it anew.
[ -x .venv/bin/python ] || set -- --python "$python" "$@"
UV_PYTHON_DOWNLOADS=never exec "$uv" sync --frozen --inexact --quiet "$@"
