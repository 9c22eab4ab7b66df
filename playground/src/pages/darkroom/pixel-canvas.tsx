import { useEffect, useRef } from 'react'

export function PixelCanvas({ image, label }: { image: ImageData; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => canvas.current?.getContext('2d')?.putImageData(image, 0, 0), [image])
  return <canvas ref={canvas} width={image.width} height={image.height} role="img" aria-label={label} />
}
