"""How fast the explorer's page is: first paint, slider to picture, frames of the map, requests and memory.

    python3 page_speed.py ADDRESS [--requests 100000]

ADDRESS is what `vae explore MODEL` prints. Needs selenium and Chromium with its chromedriver. Prints one line each.
"""

import argparse
import http.client
import shutil
import statistics
import time
import urllib.parse

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

FRAMES = """
const done = arguments[arguments.length - 1];
const map = document.querySelector('canvas.map');
const times = [];
let last = performance.now();
let count = 0;
const box = map.getBoundingClientRect();
const send = (type, x, y) => map.dispatchEvent(new PointerEvent(type, {
  pointerId: 1, bubbles: true, clientX: box.left + x, clientY: box.top + y}));
map.setPointerCapture = () => {};
send('pointerdown', 300, 200);
const frame = now => {
  times.push(now - last);
  last = now;
  send('pointermove', 300 + count % 120, 200 + count % 60);
  if (++count < 180) {
    requestAnimationFrame(frame);
  } else {
    send('pointerup', 300, 200);
    done(times.slice(10));
  }
};
requestAnimationFrame(frame);
"""

SLIDERS = """
const done = arguments[arguments.length - 1];
const slider = document.querySelector('#view-walk .slider input');
performance.clearMeasures();
let count = 0;
const move = () => {
  slider.value = -3 + 6 * (count % 50) / 50;
  slider.dispatchEvent(new Event('input', {bubbles: true}));
  if (++count < 300) {
    setTimeout(move, 40);
  } else {
    setTimeout(() => done(performance.getEntriesByName('slider to picture').map(m => m.duration)), 500);
  }
};
move();
"""


def resident(port):
    """The resident memory in MB of the process that listens at a port of this machine; nothing if it is not found."""
    import os
    inode = None
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in open(table).read().splitlines()[1:]:
            parts = line.split()
            if parts[3] == "0A" and int(parts[1].split(":")[1], 16) == port:
                inode = parts[9]
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            for handle in os.listdir(f"/proc/{process}/fd"):
                if os.readlink(f"/proc/{process}/fd/{handle}") == f"socket:[{inode}]":
                    status = open(f"/proc/{process}/status").read()
                    return int(status.split("VmRSS:")[1].split()[0]) // 1024
        except OSError:
            continue
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("--requests", type=int, default=0)
    parser.add_argument("--driver", default=shutil.which("chromedriver"))
    arguments = parser.parse_args()
    options = webdriver.ChromeOptions()
    for flag in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1000"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(arguments.driver))
    driver.set_script_timeout(120)
    paints = []
    for _ in range(5):
        driver.get("about:blank")
        driver.get(arguments.address)
        while driver.execute_script("return document.body.dataset.ready") != "true":
            time.sleep(0.05)
        paints.append(driver.execute_script(
            "return performance.getEntriesByName('first-contentful-paint')[0].startTime"))
    print(f"first contentful paint, ms: {statistics.median(paints):.0f} (of 5, at most {max(paints):.0f})")
    size = driver.execute_script(
        "return performance.getEntriesByType('resource').filter(r => !r.name.includes('/api/'))"
        ".reduce((s, r) => s + r.decodedBodySize, 0) + performance.getEntriesByType('navigation')[0].decodedBodySize")
    print(f"page, kB: {size / 1000:.1f}")
    driver.execute_script("document.getElementById('tab-map').click()")
    while "examples of" not in driver.execute_script("return document.getElementById('view-map').textContent"):
        time.sleep(0.2)
    times = driver.execute_async_script(FRAMES)
    print(f"map, frames/s: {1000 / statistics.median(times):.0f} (slowest of 170 frames {max(times):.0f} ms); "
          + driver.execute_script("return document.querySelector('#view-map .quiet').textContent"))
    driver.execute_script("document.getElementById('tab-walk').click()")
    while not driver.execute_script("return document.querySelectorAll('#view-walk .slider').length"):
        time.sleep(0.2)
    delays = sorted(driver.execute_async_script(SLIDERS))
    print(f"slider to picture, ms: median {statistics.median(delays):.1f}, 99th percentile "
          f"{delays[int(0.99 * (len(delays) - 1))]:.1f}, of {len(delays)}")
    driver.quit()
    if arguments.requests:
        address = urllib.parse.urlparse(arguments.address)
        connection = http.client.HTTPConnection(address.hostname, address.port)
        start = time.time()
        for i in range(arguments.requests):
            connection.request("GET", f"{address.path}api/sample?count=1&seed={i}")
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            if (i + 1) % (arguments.requests // 5) == 0:
                print(f"after {i + 1} requests: {resident(address.port)} MB, "
                      f"{(i + 1) / (time.time() - start):.0f} requests/s")


if __name__ == "__main__":
    main()
