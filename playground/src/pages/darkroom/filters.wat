;; The filters of the darkroom, for pixels in RGBA with eight bits each. Compiled by scripts/build-wasm.ts.
;;
;; The page writes the pixels at address 0 and reads the result behind them, at `width * height * 4`. Alpha is kept.
(module
  (memory (export "memory") 1)

  ;; The address of a pixel, with coordinates beyond the edge pulled back onto it.
  (func $at (param $x i32) (param $y i32) (param $width i32) (param $height i32) (result i32)
    (local.set $x (select (i32.const 0) (local.get $x) (i32.lt_s (local.get $x) (i32.const 0))))
    (local.set $y (select (i32.const 0) (local.get $y) (i32.lt_s (local.get $y) (i32.const 0))))
    (local.set $x (select (i32.sub (local.get $width) (i32.const 1)) (local.get $x) (i32.ge_s (local.get $x) (local.get $width))))
    (local.set $y (select (i32.sub (local.get $height) (i32.const 1)) (local.get $y) (i32.ge_s (local.get $y) (local.get $height))))
    (i32.shl (i32.add (i32.mul (local.get $y) (local.get $width)) (local.get $x)) (i32.const 2)))

  ;; Brightness as the eye sees it: (77 R + 150 G + 29 B) / 256.
  (func $luma (param $address i32) (result i32)
    (i32.shr_u
      (i32.add
        (i32.add
          (i32.mul (i32.load8_u (local.get $address)) (i32.const 77))
          (i32.mul (i32.load8_u offset=1 (local.get $address)) (i32.const 150)))
        (i32.mul (i32.load8_u offset=2 (local.get $address)) (i32.const 29)))
      (i32.const 8)))

  ;; One grey value in all three colours of a pixel; its alpha comes from the source.
  (func $grey (param $target i32) (param $source i32) (param $value i32)
    (i32.store8 (local.get $target) (local.get $value))
    (i32.store8 offset=1 (local.get $target) (local.get $value))
    (i32.store8 offset=2 (local.get $target) (local.get $value))
    (i32.store8 offset=3 (local.get $target) (i32.load8_u offset=3 (local.get $source))))

  (func (export "grayscale") (param $width i32) (param $height i32)
    (local $address i32) (local $size i32)
    (local.set $size (i32.shl (i32.mul (local.get $width) (local.get $height)) (i32.const 2)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $address) (local.get $size)))
        (call $grey (i32.add (local.get $address) (local.get $size)) (local.get $address) (call $luma (local.get $address)))
        (local.set $address (i32.add (local.get $address) (i32.const 4)))
        (br $next))))

  ;; The strength of an edge after Sobel: |horizontal| + |vertical|, at most 255.
  (func (export "edges") (param $width i32) (param $height i32)
    (local $x i32) (local $y i32) (local $size i32) (local $here i32)
    (local $nw i32) (local $n i32) (local $ne i32) (local $w i32) (local $e i32) (local $sw i32) (local $s i32) (local $se i32)
    (local $gx i32) (local $gy i32) (local $sum i32)
    (local.set $size (i32.shl (i32.mul (local.get $width) (local.get $height)) (i32.const 2)))
    (block $end
      (loop $row
        (br_if $end (i32.ge_s (local.get $y) (local.get $height)))
        (local.set $x (i32.const 0))
        (block $rowEnd
          (loop $column
            (br_if $rowEnd (i32.ge_s (local.get $x) (local.get $width)))
            (local.set $nw (call $luma (call $at (i32.sub (local.get $x) (i32.const 1)) (i32.sub (local.get $y) (i32.const 1)) (local.get $width) (local.get $height))))
            (local.set $n (call $luma (call $at (local.get $x) (i32.sub (local.get $y) (i32.const 1)) (local.get $width) (local.get $height))))
            (local.set $ne (call $luma (call $at (i32.add (local.get $x) (i32.const 1)) (i32.sub (local.get $y) (i32.const 1)) (local.get $width) (local.get $height))))
            (local.set $w (call $luma (call $at (i32.sub (local.get $x) (i32.const 1)) (local.get $y) (local.get $width) (local.get $height))))
            (local.set $e (call $luma (call $at (i32.add (local.get $x) (i32.const 1)) (local.get $y) (local.get $width) (local.get $height))))
            (local.set $sw (call $luma (call $at (i32.sub (local.get $x) (i32.const 1)) (i32.add (local.get $y) (i32.const 1)) (local.get $width) (local.get $height))))
            (local.set $s (call $luma (call $at (local.get $x) (i32.add (local.get $y) (i32.const 1)) (local.get $width) (local.get $height))))
            (local.set $se (call $luma (call $at (i32.add (local.get $x) (i32.const 1)) (i32.add (local.get $y) (i32.const 1)) (local.get $width) (local.get $height))))
            (local.set $gx (i32.sub
              (i32.add (i32.add (local.get $ne) (local.get $se)) (i32.shl (local.get $e) (i32.const 1)))
              (i32.add (i32.add (local.get $nw) (local.get $sw)) (i32.shl (local.get $w) (i32.const 1)))))
            (local.set $gy (i32.sub
              (i32.add (i32.add (local.get $sw) (local.get $se)) (i32.shl (local.get $s) (i32.const 1)))
              (i32.add (i32.add (local.get $nw) (local.get $ne)) (i32.shl (local.get $n) (i32.const 1)))))
            (local.set $gx (select (i32.sub (i32.const 0) (local.get $gx)) (local.get $gx) (i32.lt_s (local.get $gx) (i32.const 0))))
            (local.set $gy (select (i32.sub (i32.const 0) (local.get $gy)) (local.get $gy) (i32.lt_s (local.get $gy) (i32.const 0))))
            (local.set $sum (i32.add (local.get $gx) (local.get $gy)))
            (local.set $here (call $at (local.get $x) (local.get $y) (local.get $width) (local.get $height)))
            (call $grey
              (i32.add (local.get $here) (local.get $size))
              (local.get $here)
              (select (i32.const 255) (local.get $sum) (i32.gt_s (local.get $sum) (i32.const 255))))
            (local.set $x (i32.add (local.get $x) (i32.const 1)))
            (br $column)))
        (local.set $y (i32.add (local.get $y) (i32.const 1)))
        (br $row))))

  ;; The mean of the square of `radius` pixels around each pixel.
  (func (export "blur") (param $width i32) (param $height i32) (param $radius i32)
    (local $x i32) (local $y i32) (local $dx i32) (local $dy i32) (local $size i32) (local $here i32) (local $there i32)
    (local $red i32) (local $green i32) (local $blue i32) (local $count i32)
    (local.set $size (i32.shl (i32.mul (local.get $width) (local.get $height)) (i32.const 2)))
    (local.set $count (i32.add (i32.shl (local.get $radius) (i32.const 1)) (i32.const 1)))
    (local.set $count (i32.mul (local.get $count) (local.get $count)))
    (block $end
      (loop $row
        (br_if $end (i32.ge_s (local.get $y) (local.get $height)))
        (local.set $x (i32.const 0))
        (block $rowEnd
          (loop $column
            (br_if $rowEnd (i32.ge_s (local.get $x) (local.get $width)))
            (local.set $red (i32.const 0))
            (local.set $green (i32.const 0))
            (local.set $blue (i32.const 0))
            (local.set $dy (i32.sub (i32.const 0) (local.get $radius)))
            (block $squareEnd
              (loop $line
                (br_if $squareEnd (i32.gt_s (local.get $dy) (local.get $radius)))
                (local.set $dx (i32.sub (i32.const 0) (local.get $radius)))
                (block $lineEnd
                  (loop $pixel
                    (br_if $lineEnd (i32.gt_s (local.get $dx) (local.get $radius)))
                    (local.set $there (call $at (i32.add (local.get $x) (local.get $dx)) (i32.add (local.get $y) (local.get $dy)) (local.get $width) (local.get $height)))
                    (local.set $red (i32.add (local.get $red) (i32.load8_u (local.get $there))))
                    (local.set $green (i32.add (local.get $green) (i32.load8_u offset=1 (local.get $there))))
                    (local.set $blue (i32.add (local.get $blue) (i32.load8_u offset=2 (local.get $there))))
                    (local.set $dx (i32.add (local.get $dx) (i32.const 1)))
                    (br $pixel)))
                (local.set $dy (i32.add (local.get $dy) (i32.const 1)))
                (br $line)))
            (local.set $here (call $at (local.get $x) (local.get $y) (local.get $width) (local.get $height)))
            (local.set $there (i32.add (local.get $here) (local.get $size)))
            (i32.store8 (local.get $there) (i32.div_u (local.get $red) (local.get $count)))
            (i32.store8 offset=1 (local.get $there) (i32.div_u (local.get $green) (local.get $count)))
            (i32.store8 offset=2 (local.get $there) (i32.div_u (local.get $blue) (local.get $count)))
            (i32.store8 offset=3 (local.get $there) (i32.load8_u offset=3 (local.get $here)))
            (local.set $x (i32.add (local.get $x) (i32.const 1)))
            (br $column)))
        (local.set $y (i32.add (local.get $y) (i32.const 1)))
        (br $row)))))
