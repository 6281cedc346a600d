// Voice messages: recorded where the browser can, chosen as a file where it cannot.

let recorder = null;
let began = 0;

export const isRecording = () => recorder !== null;

export async function start(done) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const type = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"].find((t) => MediaRecorder.isTypeSupported(t));
  const parts = [];
  recorder = new MediaRecorder(stream, type ? { mimeType: type } : {});
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  recorder.addEventListener("stop", () => {
    stream.getTracks().forEach((track) => track.stop());
    const sound = new Blob(parts, { type: recorder.mimeType });
    recorder = null;
    done(sound, Math.max(1, Math.round((performance.now() - began) / 1000)));
  });
  began = performance.now();
  recorder.start();
}

export const stop = () => recorder?.stop();

export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);
