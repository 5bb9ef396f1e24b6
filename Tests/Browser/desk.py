#!/usr/bin/env python3
"""The review desk as people use it: a real browser, two accounts, a register whose doubtful pairs are many.

Usage: desk.py QINGKU REPOSITORY [FOLDER_FOR_PICTURES]

Signs in, decides 20 pairs by keyboard, takes 3 back, splits a person, writes a cell, has a second person approve, switches
the language; then holds the audit trail and the database against what was done. Every page is looked at for what WCAG asks
of all of them (names of controls, labels, headings, contrast, target sizes, reflow) in both languages, by checks of our own
and by axe-core.
"""
import importlib.util
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

TOOL, REPOSITORY = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
PICTURES = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
AUDIT = (pathlib.Path(__file__).parent / "accessibility.js").read_text()
AXE = (pathlib.Path(importlib.util.find_spec("axe_playwright_python").origin).parent / "axe.min.js").read_text()
PASSWORD = "a long sentence for the desk"


def check(condition, message):
    if not condition:
        raise AssertionError(message)


class Desk:
    """A workspace with many doubtful pairs, two accounts, and the server over it."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        shutil.copytree(REPOSITORY / "inputs", self.folder / "inputs")
        shutil.copytree(REPOSITORY / "rules", self.folder / "rules")
        book = self.folder / "rules" / "registry.yaml"
        text = book.read_text()
        text = re.sub(r"\n  decide:.*", "\n  decide: { merge: 0.99999, review: 0.0001 }", text) if "\n  decide:" in text else \
            text.replace("\nmatch:\n", "\nmatch:\n  decide: { merge: 0.99999, review: 0.0001 }\n")
        text += "\napprovals: { two_people: [large_group], group_over: 4 }\n"
        book.write_text(text)
        self.workspace = self.folder / "w"
        self.run("clean", str(book), "--workspace", str(self.workspace), accept=(0, 1))
        for name, roles in [("li", ["reviewer"]), ("wang", ["reviewer", "approver", "operator", "auditor"])]:
            (self.folder / "password").write_text(PASSWORD)
            (self.folder / "password").chmod(0o600)
            arguments = [a for role in roles for a in ("--role", role)]
            self.run("account", "add", name, *arguments, "--password-file", str(self.folder / "password"),
                     "--workspace", str(self.workspace))
        self.server = subprocess.Popen(
            [str(TOOL), "review", "--workspace", str(self.workspace), "--port", "0", "--no-browser"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.url = self.server.stdout.readline().strip().rstrip("/")
        check(self.url.startswith("http://"), "the desk says where it is")
        threading.Thread(target=self.server.stderr.read, daemon=True).start()

    def run(self, *arguments, accept=(0,)):
        done = subprocess.run([str(TOOL), *arguments], capture_output=True, text=True, cwd=self.folder)
        check(done.returncode in accept, f"qingku {' '.join(arguments)}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr}")
        return done.stdout

    def rows(self, sql):
        database = sqlite3.connect(f"file:{self.workspace / 'registry.sqlite'}?mode=ro", uri=True)
        try:
            return database.execute(sql).fetchall()
        finally:
            database.close()

    def stop(self):
        self.server.terminate()
        check(self.server.wait(10) in (0, 130, 143), "the desk ends when it is told to")


def browser(width=1280, height=900):
    options = webdriver.ChromeOptions()
    for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en",
                     f"--window-size={width},{height}"]:
        options.add_argument(argument)
    options.binary_location = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    driver.set_page_load_timeout(60)
    return driver


def sign_in(driver, desk, name):
    driver.get(desk.url + "/sign-in")
    driver.find_element(By.NAME, "name").send_keys(name)
    driver.find_element(By.NAME, "password").send_keys(PASSWORD)
    driver.find_element(By.CSS_SELECTOR, "main button[type=submit]").click()
    wait(driver, lambda: driver.find_elements(By.CSS_SELECTOR, ".leave"), f"{name} is signed in")


def wait(driver, condition, message, seconds=20):
    end = time.time() + seconds
    while time.time() < end:
        try:
            if condition():
                return
        except Exception:  # a page that is being replaced
            pass
        time.sleep(0.02)
    raise AssertionError(f"{message}: not within {seconds} s\n{driver.current_url}\n{driver.find_element(By.TAG_NAME, 'body').text[:2000]}")


def press(driver, key):
    driver.find_element(By.TAG_NAME, "body").send_keys(key)


def pair(driver):
    return driver.find_element(By.ID, "case").get_attribute("data-pair")


def status(driver):
    return driver.find_element(By.ID, "status").text


def decide(driver, desk, times):
    """Answers with the keys; the next pair is there when the answer is sent."""
    driver.get(desk.url + "/pairs")
    driver.find_element(By.ID, "start").click()
    wait(driver, lambda: pair(driver), "a pair is shown")
    check(not driver.execute_script("return document.querySelector('.answers button:focus')"), "nothing is preselected")
    painted, answered = [], []
    for turn in range(times):
        before = pair(driver)
        answered.append(before)
        time.sleep(0.3)  # somebody looks; the next pair is fetched meanwhile
        driver.execute_script(
            "window.t0 = performance.now(); window.t1 = null;"
            "new MutationObserver((_, o) => { requestAnimationFrame(() => { window.t1 = performance.now() - window.t0; }); o.disconnect(); })"
            ".observe(document.getElementById('main'), { childList: true, subtree: true });")
        press(driver, "sdu"[turn % 3] if turn % 5 else "d")
        wait(driver, lambda: pair(driver) != before, "the next pair")
        wait(driver, lambda: "event" in status(driver), "shown as saved")
        painted.append(driver.execute_script("return window.t1"))
    return sorted(x for x in painted if x is not None), answered


def outlast_session(driver, desk, name, person):
    """What is typed when the session is over is there again after signing in, and sent nowhere before."""
    driver.get(f"{desk.url}/persons/{person}")
    form = driver.find_element(By.CSS_SELECTOR, "form[action$='/override']")
    driver.execute_script("arguments[0].closest('details').open = true", form)
    form.find_element(By.NAME, "reason").send_keys("typed before the end")
    count = desk.rows("SELECT count(*) FROM cell_override")[0][0]
    driver.delete_all_cookies()
    form.find_element(By.CSS_SELECTOR, "button").click()
    wait(driver, lambda: driver.find_elements(By.ID, "signed-out"), "told that the session is over")
    driver.find_element(By.CSS_SELECTOR, "#signed-out a").click()
    driver.find_element(By.NAME, "name").send_keys(name)
    driver.find_element(By.NAME, "password").send_keys(PASSWORD)
    driver.find_element(By.CSS_SELECTOR, "main button[type=submit]").click()
    wait(driver, lambda: driver.current_url.endswith(f"/persons/{person}"), "back where it was typed")
    typed = driver.find_element(By.CSS_SELECTOR, "form[action$='/override'] [name=reason]")
    wait(driver, lambda: typed.get_attribute("value") == "typed before the end", "what was typed is there again")
    check("not saved yet" in status(driver), "and said to be unsaved")
    check(driver.execute_script("return sessionStorage.length") == 0, "and kept nowhere any more")
    check(desk.rows("SELECT count(*) FROM cell_override")[0][0] == count, "nothing was sent")
    # Nobody else finds it.
    driver.execute_script("sessionStorage.setItem('desk-draft', JSON.stringify({ name: 'somebody else', place: location.pathname, at: Date.now(), isLost: true, forms: [] }))")
    driver.get(f"{desk.url}/persons/{person}")
    check(driver.execute_script("return sessionStorage.length") == 0, "another name's text is cleared")


def main():
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(folder)
        li, wang = browser(), browser()
        try:
            trial(desk, li, wang)
        finally:
            li.quit()
            wang.quit()
            desk.stop()
        verified = desk.run("audit", "verify", "--workspace", str(desk.workspace))
        check(verified, "the trail is as it was written")


def trial(desk, li, wang):
    start = desk.rows("SELECT coalesce(max(sequence), 0) FROM event")[0][0]
    sign_in(li, desk, "li")
    painted, answered = decide(li, desk, 20)
    middle = painted[len(painted) * 19 // 20 - 1]
    print(f"20 pairs decided by keyboard; next pair painted after {painted[len(painted) // 2]:.0f} ms (median), {middle:.0f} ms (95 %)")
    made = f"SELECT count(*) FROM event WHERE sequence > {start} AND type LIKE 'decision.%'"
    wait(li, lambda: desk.rows(made)[0][0] == 20, "20 decisions are on the trail")

    # Enter alone answers nothing, and keys are dead while somebody types.
    current, count = pair(li), desk.rows("SELECT count(*) FROM decision")[0][0]
    press(li, Keys.ENTER)
    field = li.find_element(By.ID, "comment")
    field.send_keys("sdu")
    field.send_keys(Keys.ENTER)
    time.sleep(0.5)
    check(pair(li) == current and desk.rows("SELECT count(*) FROM decision")[0][0] == count, "Enter alone never answers")
    check(li.find_element(By.ID, "comment").get_attribute("value") == "sdu", "letters typed are letters")
    li.execute_script("document.activeElement.blur()")

    # What waits for a second person is taken off the list.
    taken_back = "SELECT (SELECT count(*) FROM withdrawal) + (SELECT count(*) FROM approval WHERE verdict = 'refused')"
    for _ in range(3):
        before = desk.rows(taken_back)[0][0]
        press(li, "z")
        wait(li, lambda: desk.rows(taken_back)[0][0] == before + 1, "an answer is taken back")
        wait(li, lambda: "taken back" in status(li), "said to be taken back")
        check(pair(li) in answered, "Z leads back to the pair that was answered")
        check(li.find_element(By.ID, "case").get_attribute("data-state") in ("open", "proposed"), "which waits again")
    print("3 answers taken back by keyboard, each shown again")

    # A person of several records: split it, then write a cell.
    li.get(desk.url + "/clusters?least=3")
    person = li.find_element(By.CSS_SELECTOR, "tbody th a").text
    li.get(f"{desk.url}/persons/{person}")
    li.find_element(By.CSS_SELECTOR, "input[name=record]").click()
    li.find_element(By.ID, "split-reason").send_keys("the card is somebody else's")
    li.find_element(By.CSS_SELECTOR, "form[action$='/split'] button[type=submit]").click()
    wait(li, lambda: "saved=" in li.current_url, "the split is saved")
    cell = li.find_element(By.CSS_SELECTOR, "form[action$='/override']")
    li.execute_script("arguments[0].closest('details').open = true", cell)
    name = cell.find_element(By.NAME, "value")
    name.clear()
    name.send_keys("王晓明")
    cell.find_element(By.NAME, "reason").send_keys("seen the card")
    cell.find_element(By.CSS_SELECTOR, "button").click()
    wait(li, lambda: desk.rows("SELECT count(*) FROM cell_override")[0][0] == 1, "one cell was written")
    print(f"{person} split, a cell written")
    outlast_session(li, desk, "li", person)
    print("what was typed outlasts the session")

    # What the rule book wants two persons for.
    waiting = desk.rows("SELECT count(*) FROM approval WHERE verdict = 'asked'")[0][0]
    if not waiting:
        for least in (4, 3, 2):
            li.get(f"{desk.url}/clusters?least={least}")
            links = li.find_elements(By.CSS_SELECTOR, "tbody th a")
            if links:
                break
        propose_large_group(desk, li)
        waiting = desk.rows("SELECT count(*) FROM approval WHERE verdict = 'asked'")[0][0]
    check(waiting > 0, "something waits for a second person")
    sign_in(wang, desk, "wang")
    wang.get(desk.url + "/approvals")
    form = wang.find_element(By.CSS_SELECTOR, "form[action^='/approvals/']")
    form.find_element(By.NAME, "reason").send_keys("both cards seen")
    form.find_element(By.CSS_SELECTOR, "button[value=grant]").click()
    wait(wang, lambda: desk.rows("SELECT count(*) FROM approval WHERE verdict = 'granted' AND \"by\" = 'wang'")[0][0] == 1, "approved")
    print("a second person approved")

    choose_cell(desk, li)

    # The language, and the place kept.
    li.get(desk.url + "/pairs?state=all&page=2")
    li.find_element(By.CSS_SELECTOR, ".languages a[hreflang^=zh]").click()
    wait(li, lambda: li.find_element(By.TAG_NAME, "html").get_attribute("lang").startswith("zh"), "in Chinese")
    check("state=all" in li.current_url and "page=2" in li.current_url, "the language keeps the place")

    wang.get(desk.url + "/runs")
    wang.find_element(By.CSS_SELECTOR, "form[action='/runs'] button").click()
    wait(wang, lambda: desk.rows("SELECT max(id) FROM run")[0][0] == 2, "the master is made anew", 120)
    print("the master made anew from the desk")
    look(desk, wang)


def choose_cell(desk, driver):
    """A cell of the person the two would be is typed, and saved by the key that says that they are the same."""
    driver.get(desk.url + "/pairs")
    driver.find_element(By.ID, "start").click()
    wait(driver, lambda: driver.find_elements(By.ID, "preview"), "the person they would be")
    before, seen = desk.rows("SELECT count(*) FROM cell_override")[0][0], pair(driver)
    driver.execute_script("for (const part of document.querySelectorAll('#preview, #preview details')) part.open = true")
    cell = driver.find_element(By.CSS_SELECTOR, "#preview [name^='typed-'][name*='name']")
    cell.send_keys("王晓红")
    driver.execute_script("document.activeElement.blur()")
    press(driver, "s")
    wait(driver, lambda: desk.rows("SELECT count(*) FROM cell_override")[0][0] == before + 1, "the cell is written")
    wait(driver, lambda: pair(driver) != seen, "the next pair is shown")
    decision, word = desk.rows("SELECT (SELECT max(event) FROM decision), (SELECT max(event) FROM cell_override)")[0]
    check(word == decision + 1, "the cell is written with the answer")
    print("a cell of the person they would be chosen with the answer")


def propose_large_group(desk, driver):
    """Joins pairs of one group until the rule book wants a second person."""
    for page in range(1, 6):
        driver.get(f"{desk.url}/pairs?size=4&page={page}")
        links = [a.get_attribute("href") for a in driver.find_elements(By.CSS_SELECTOR, ".pairs tbody th a")]
        for link in links:
            driver.get(link)
            driver.find_element(By.CSS_SELECTOR, "button[value=same]").click()
            wait(driver, lambda: "event" in status(driver) or "saved" in driver.current_url, "saved")
            if desk.rows("SELECT count(*) FROM approval WHERE verdict = 'asked'")[0][0]:
                return


def axe(driver):
    """What axe-core finds that is serious or critical."""
    driver.execute_script(AXE)
    found = driver.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run(document, { resultTypes: ['violations'] }).then((all) => done(all.violations), (error) => done(String(error)));")
    check(isinstance(found, list), f"axe-core: {found}")
    return [f"axe {one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]}" for one in found
            if one["impact"] in ("serious", "critical")]


def look(desk, driver):
    """Every page, both languages, wide and narrow: a picture, and what a machine can tell of its accessibility."""
    driver.get(desk.url + "/pairs?state=all")
    case = driver.find_element(By.CSS_SELECTOR, ".pairs tbody th a").get_attribute("href")
    driver.get(desk.url + "/clusters?least=2")
    person = driver.find_element(By.CSS_SELECTOR, "tbody th a").get_attribute("href")
    driver.get(desk.url + "/findings")
    rules = [a.get_attribute("href") for a in driver.find_elements(By.CSS_SELECTOR, "aside a[href*='check=']")]
    repairs = desk.url + "/findings"
    for rule in rules:
        repairs = rule.replace("/findings?", "/findings/repairs?")
        driver.get(repairs)
        if driver.find_elements(By.NAME, "repair"):
            break
    check("repairs" in repairs, "some check proposes repairs")
    places = {
        "repairs": repairs,
        "overview": "/", "queue": "/pairs", "pair": case, "clusters": "/clusters?least=2", "person": person, "findings": "/findings",
        "search": "/search?q=wang", "history": "/history?who=all", "approvals": "/approvals", "runs": "/runs",
        "sample": "/sample", "learning": "/learning", "work": "/work", "agreement": "/agreement", "difference": "/runs/2/difference",
        "exports": "/exports", "trail": "/trail", "nothing": "/nothing-here",
    }
    problems = []
    for language in ("en", "zh"):
        for width in (1280, 360):
            driver.set_window_size(width, 900)
            for name, place in places.items():
                url = place if place.startswith("http") else desk.url + place
                driver.get(url + ("&" if "?" in url else "?") + "language=" + language)
                driver.execute_script("for (const part of document.querySelectorAll('#preview, #preview details')) part.open = true")
                found = driver.execute_script(AUDIT) + (axe(driver) if width == 1280 else [])
                problems += [f"{name} {language} {width}: {one}" for one in found]
                if PICTURES:
                    PICTURES.mkdir(parents=True, exist_ok=True)
                    height = driver.execute_script("return document.documentElement.scrollHeight")
                    driver.set_window_size(width, min(max(height, 700), 2600))
                    driver.save_screenshot(str(PICTURES / f"{name}-{language}-{width}.png"))
                    driver.set_window_size(width, 900)
    driver.set_window_size(1280, 900)
    check(not problems, "accessibility:\n" + "\n".join(sorted(set(problems))[:60]))
    print(f"{len(places)} pages in two languages and two widths: nothing serious")


main()
