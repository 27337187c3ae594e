import { useTranslation } from "@fangshi/storefront-kit"
import { useEffect, useRef, useState } from "react"

type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> }
type Detectors = { BarcodeDetector?: new (options: { formats: string[] }) => Detector }

/** Reads a pick-up code with the camera, in browsers that can; elsewhere there is nothing to see, and typing works everywhere. */
export function CodeScanner({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useTranslation()
  const video = useRef<HTMLVideoElement>(null)
  const [able, setAble] = useState(false)
  const [open, setOpen] = useState(false)
  const [failed, setFailed] = useState(false)
  useEffect(() => setAble("BarcodeDetector" in window && "mediaDevices" in navigator), [])
  useEffect(() => {
    const { BarcodeDetector } = window as unknown as Detectors
    if (!open || !BarcodeDetector) return
    let stream: MediaStream | null = null
    let stopped = false
    const stop = () => {
      stopped = true
      stream?.getTracks().forEach((track) => track.stop())
    }
    const look = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } })
      const screen = video.current
      if (stopped || !screen) return stop()
      screen.srcObject = stream
      await screen.play()
      const detector = new BarcodeDetector({ formats: ["qr_code", "code_128"] })
      while (!stopped) {
        const code = (await detector.detect(screen)).map(({ rawValue }) => /(?:^|\D)(\d{6})$/.exec(rawValue)?.[1]).find(Boolean)
        if (code) {
          stop()
          setOpen(false)
          return onCode(code)
        }
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }
    look().catch(() => {
      stop()
      setFailed(true)
      setOpen(false)
    })
    return stop
  }, [open, onCode])
  if (!able) return null
  return (
    <>
      {open && <video ref={video} className="wb-camera" muted playsInline aria-label={t("handOver.camera")} />}
      {failed && <p className="wb-problem" role="alert">{t("handOver.noCamera")}</p>}
      <p className="wb-buttons"><button type="button" className="wb-button is-quiet" onClick={() => setOpen(!open)}>{t(open ? "handOver.stop" : "handOver.scan")}</button></p>
    </>
  )
}
