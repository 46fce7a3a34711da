// VanThu – the page's talk with the signing program on this machine (VGCA Sign Service): one WebSocket, one request, one
// answer. What counts is what the server says of the hand-over; the program's answer only says when to ask.
(() => {
  const form = document.getElementById("form-giao-ky");
  if (!form || !/^(opened|fetched)$/.test(form.elements["tinh-trang"].value)) return;
  const base = form.action.replace(/\/huy$/, "");
  const tool = form.elements["phan-mem"].value;
  const again = document.getElementById("ky-lai"), retry = document.getElementById("nut-thu-lai");
  const parts = [...document.querySelectorAll("[id^='luc-']")];
  let socket = null, deadline = null, ended = false, asking = false, failures = 0;

  const show = (name) => {
    for (const part of parts) part.hidden = part.id !== `luc-${name}`;
    retry.hidden = name !== "khong-thay";
  };
  const close = () => {
    if (!socket) return;
    socket.onmessage = socket.onclose = socket.onerror = null;
    socket.close();
    socket = null;
  };
  const end = (name) => {
    ended = true;
    close();
    show(name);
    form.hidden = true;
    again.hidden = name === "da-ky";
    if (!again.hidden) again.focus();
  };

  // What the server knows; true when the hand-over is over.
  const settle = (known) => {
    if (ended) return true;
    switch (known.state) {
      case "returned":
        end("da-ky");
        setTimeout(() => location.assign(known.next), 600);
        return true;
      case "refused":
        document.getElementById("ly-do").textContent = known.reason;
        end("tu-choi");
        return true;
      case "cancelled": end("huy"); return true;
      case "timedOut": end("het-gio"); return true;
      default: return false;
    }
  };
  const ask = async () => {
    const answer = await fetch(`${base}/trang-thai`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    failures = 0;
    return answer.json();
  };
  const cancel = () => fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });

  // While it is out: the server is asked every other second, also after a reload.
  const watch = async () => {
    if (asking || ended) return;
    asking = true;
    try {
      const known = await ask();
      if (!settle(known) && known.brought) show("kiem-tra");
    } catch {
      failures += 1;
      if (failures === 3) show("mat-noi");
    }
    asking = false;
    if (!ended) setTimeout(watch, 1500);
  };

  // The program is done, one way or the other: once the server has nothing, the hand-over is given up.
  const finish = async (name, message) => {
    close();
    try {
      for (let turn = 0; turn < 3; turn += 1) {
        const known = await ask();
        if (settle(known)) return;
        if (!known.brought) break;
        show("kiem-tra");
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
      await cancel();
      if (settle(await ask()) && name !== "huy") {
        document.getElementById("phan-mem-bao").textContent = message;
        show(name);
      }
    } catch { show("mat-noi"); }
  };

  const connect = () => {
    show("tim");
    let isOpen = false;
    try { socket = new WebSocket(tool); } catch { show("khong-thay"); return; }
    socket.onopen = async () => {
      isOpen = true;
      try {
        const answer = await fetch(`${base}/noi`, { method: "POST", body: new URLSearchParams(new FormData(form)) });
        if (!answer.ok) { settle(await ask()); close(); return; }
        const given = await answer.json();
        for (const name of ["FileName", "FileUploadHandler"]) {
          given.request[name] = new URL(given.request[name], location.href).href;
        }
        deadline = Date.now() + given.seconds * 1000;
        document.getElementById("het-luc").textContent = given.until;
        socket.send(JSON.stringify(given.request));
        show("cho");
        watch();
      } catch { close(); show("mat-noi"); }
    };
    socket.onmessage = (event) => {
      let answer = {};
      try { answer = JSON.parse(event.data); } catch { /* Not the program we know; the server tells. */ }
      if (answer.Status === 0 || answer.Status === true) { close(); show("kiem-tra"); watch(); return; }
      finish("phan-mem-loi", String(answer.Message || "không rõ lý do").slice(0, 300));
    };
    socket.onerror = () => { if (!isOpen) { close(); show("khong-thay"); } };
    // The person closed the program's window: it says nothing, the socket only ends.
    socket.onclose = () => { if (isOpen) finish("huy"); else show("khong-thay"); };
  };

  retry.addEventListener("click", connect);
  setInterval(() => {
    if (deadline && !ended && Date.now() > deadline + 2000) { deadline = null; close(); watch(); }
  }, 1000);
  if (form.elements["tinh-trang"].value === "opened") connect();
  else { show("cho"); watch(); }
})();
