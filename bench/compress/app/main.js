document.body.append('compressed')
