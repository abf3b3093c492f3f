class Pcc < Formula
  desc "Give a program the two consents of the Microsoft Partner Center API"
  homepage "@WEBSITE@"
  version "@VERSION@"
  license "MIT"

  on_macos do
    depends_on macos: :monterey

    on_arm do
      url "@MACOS_ARM64_URL@"
      sha256 "@MACOS_ARM64_SUM@"
    end
    on_intel do
      url "@MACOS_AMD64_URL@"
      sha256 "@MACOS_AMD64_SUM@"
    end
  end

  on_linux do
@if linux-arm64
    on_arm do
      url "@LINUX_ARM64_URL@"
      sha256 "@LINUX_ARM64_SUM@"
    end
    on_intel do
      url "@LINUX_AMD64_URL@"
      sha256 "@LINUX_AMD64_SUM@"
    end
@else
    depends_on arch: :x86_64

    url "@LINUX_AMD64_URL@"
    sha256 "@LINUX_AMD64_SUM@"
@end
  end

  def install
    bin.install Dir["{bin/,}pcc"]
    prefix.install "NOTICES"
    man1.install Dir["share/man/man1/pcc*"]
    generate_completions_from_executable(bin/"pcc", "completion", shells: [:bash, :zsh, :fish])
  end

  def caveats
    <<~EOS
      Before you remove this formula, run as each account that has a daily check:
        pcc schedule remove
    EOS
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/pcc version")
  end
end
