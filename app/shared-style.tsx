import './globals.css'

export default function SharedStyle() {
  return null
}
