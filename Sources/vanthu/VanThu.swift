@main struct VanThu { static func main() { print("vanthu") } }
