# Khaen. Two commands to know: `make demo` and `make test`; both set themselves up first.
# Written for GNU make 3.81 (macOS) and later.

SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
PIP := PYTHONUNBUFFERED=1 $(BIN)/python -m pip --disable-pip-version-check --no-input install
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help setup playbooks demo demo-procurement test test-postgres lint bench browser journeys lock clean

help:  ## คำสั่งทั้งหมด | this list
	@echo "make demo | make test"; echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | \
	while IFS='|' read -r name words; do printf '%-25s%s\n' "$$name" "$$words"; done

setup: $(VENV)/runtime.stamp  ## ติดตั้งลงใน .venv | install into .venv
	@echo "พร้อมใช้งาน: $(BIN)/khaen --help | ready"

playbooks: $(VENV)/runtime.stamp  ## เพิ่ม Ansible (ราว 350 MB) | add Ansible (some 350 MB)
	@echo "ติดตั้ง Ansible | installing Ansible"
	$(call install,requirements-playbooks.lock)

demo: $(VENV)/runtime.stamp  ## สาธิตงานหลักบนอุปกรณ์จำลอง | the main job on simulated devices
	@$(BIN)/khaen demo

demo-procurement: $(VENV)/runtime.stamp  ## สาธิตจากความต้องการจนตรวจรับ | from need to accepted delivery
	@$(BIN)/khaen demo procurement

test: $(VENV)/tests.stamp  ## ทดสอบทั้งหมด | every test but the journeys
	@$(BIN)/python -m pytest -n 3 --dist worksteal -m "not slow"

test-postgres: $(VENV)/tests.stamp  ## ทดสอบทั้งหมดบน PostgreSQL | the same, all of it on PostgreSQL
	@KHAEN_TEST_POSTGRES=1 $(BIN)/python -m pytest -n 3 --dist worksteal -m "not slow"

lint: $(VENV)/tests.stamp  ## ตรวจรูปแบบ ชนิด และกฎการ import | format, types, import contracts
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy \
	&& $(BIN)/lint-imports --no-logo --no-cache

journeys: $(VENV)/tests.stamp  ## เรื่องยาวจากต้นจนจบ | the long stories, minutes each
	@$(BIN)/python -m pytest -n 2 -m slow

browser:  ## ติดตั้ง Chromium ให้การทดสอบ (apt) | Chromium for the tests, by apt
	@if command -v chromium chromium-browser >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y \
			--no-install-recommends chromium fonts-thai-tlwg; } >/dev/null 2>&1; then \
		echo "ติดตั้ง Chromium แล้ว | Chromium is installed"; \
	else echo "ไม่มี Chromium การทดสอบในเบราว์เซอร์จะถูกข้าม | no Chromium: browser tests will be skipped"; fi

bench: $(VENV)/tests.stamp  ## วัดความเร็วเป็นอัตราส่วน | speed as ratios, in one run
	@$(BIN)/python -m bench

lock: $(BIN)/pip  ## ปรับปรุงรุ่นของไลบรารี | renew the lock files
	@$(PIP) --quiet uv
	@echo "setuptools>=77" | $(COMPILE) --upgrade pyproject.toml - -o requirements.lock
	@echo "setuptools>=77" | $(COMPILE) --upgrade pyproject.toml - --extra dev \
		-c requirements.lock -o requirements-dev.lock
	@echo "setuptools>=77" | $(COMPILE) pyproject.toml - --extra playbooks \
		-c requirements-dev.lock -o requirements-playbooks.lock
	@git --no-pager diff --stat -- 'requirements*.lock'

clean:  ## ลบสิ่งที่สร้างขึ้น (ไม่ลบข้อมูลใน var) | remove what was built, keep var/
	@rm -rf $(VENV) .venv-bench build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The build backend stands in the lock too, so nothing is installed without its hash.
# $(call install,LOCK) counts the packages; whatever else pip says is shown as it is. Compiled at the
# end, on all cores, but for Ansible's collections: 30,000 modules nobody starts but Ansible.
define install
@set -o pipefail; total=$$(grep -c '==' $(1)); n=0; \
$(PIP) --require-hashes --no-compile --progress-bar off -r $(1) 2>&1 | while read -r word rest; do case $$word in \
	Collecting | Processing) n=$$((n + 1)); name=$${rest%% *}; name=$${name##*/}; name=$${name%%-[0-9]*}; \
		printf '  %d/%d %s\n' $$n $$total "$${name%%=*}";; \
	Installing) echo "  กำลังติดตั้ง | installing ...";; \
	Looking | Ignoring | Downloading | Using | Requirement | Preparing | Getting | Building) ;; \
	Created | Stored | Attempting | Found | Uninstalling | Successfully) ;; \
	*) [[ "$$rest" = Location* ]] || echo "$$word $$rest";; \
esac; done
@$(BIN)/python -m compileall -q -j 0 -x ansible_collections $(VENV)/lib >/dev/null || true
@$(PIP) --quiet --no-deps --no-build-isolation --editable . 2> >(grep -v ' Location ' >&2)
endef

$(VENV)/runtime.stamp: $(BIN)/pip requirements.lock pyproject.toml
	@echo "ติดตั้งไลบรารี | installing the libraries"
	$(call install,requirements.lock)
	@touch $@

$(VENV)/tests.stamp: $(BIN)/pip requirements-dev.lock pyproject.toml
	@echo "ติดตั้งไลบรารีและเครื่องมือทดสอบ | installing the libraries and the test tools"
	$(call install,requirements-dev.lock)
	@touch $(VENV)/runtime.stamp $@

# pip comes last into a virtual environment: where it stands, the environment is whole.
$(BIN)/pip:
	@for python in "$$PYTHON" python3 python3.14 python3.13 python3.12 python3.11; do \
		[ -n "$$python" ] || continue; \
		"$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
			2>/dev/null && found=$$python && break; \
	done; \
	if [ -z "$$found" ]; then \
		echo "ต้องมี Python 3.11 ขึ้นไป พร้อมโมดูล venv (Debian/Ubuntu: apt install python3-venv)" >&2; \
		echo "Python 3.11 or later with its venv module is needed" \
			"(Debian/Ubuntu: apt install python3-venv; macOS: brew install python)" >&2; \
		exit 1; \
	fi; \
	echo "สร้าง $(VENV) | creating $(VENV) ($$("$$found" --version))"; \
	"$$found" -m venv --clear $(VENV)
