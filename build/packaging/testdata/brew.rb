# frozen_string_literal: true

# A stand-in for Homebrew, which runs on no Debian: "brew.rb FILE SYSTEM PROCESSOR DIST PREFIX" reads a formula or a cask as Homebrew does on macos
# or linux with arm or intel, takes the package from DIST instead of from the web, compares its sum and, for a formula, unpacks and installs it
# below PREFIX. Where this computer is of that kind, it also runs the program and the formula's own test. It knows no other words than ours use.
require "digest"
require "English"
require "fileutils"
require "pathname"
require "tmpdir"

FILE, SYSTEM, PROCESSOR, DIST, PREFIX = ARGV
NATIVE = SYSTEM == "linux" && PROCESSOR == "intel"

# Words are those that formulas and casks share.
module Words
  def value(name, given)
    @values ||= {}
    given.empty? ? @values.fetch(name) : @values[name] = given.first
  end

  %i[desc homepage version license url sha256].each { |word| define_method(word) { |*given| value(word, given) } }

  def depends_on(wanted)
    raise "This processor is refused" if wanted[:arch] == :x86_64 && PROCESSOR != "intel"
    raise "Homebrew knows no such dependency: #{wanted}" unless [{ macos: :monterey }, { arch: :x86_64 }].include?(wanted)
  end

  def package
    raise "No https address: #{url}" unless url.start_with?("https://")
    raise "Too long: #{desc}" if desc.length > 80

    file = File.join(DIST, File.basename(url))
    raise "Another sum: #{file}" unless Digest::SHA256.file(file).hexdigest == sha256

    file
  end
end

# Folder is a place below the prefix.
class Folder < Pathname
  def install(*files)
    files = files.flatten
    raise "Nothing to install in #{self}" if files.empty? && to_s.end_with?("bin")

    mkpath
    FileUtils.cp(files, self)
  end
end

class Formula
  extend Words
  class << self
    attr_reader :check

    def inherited(formula)
      super
      @last = formula
    end
    attr_reader :last

    def test(&block) = @check = block
    def on_macos = (yield if SYSTEM == "macos")
    def on_linux = (yield if SYSTEM == "linux")
    def on_arm = (yield if PROCESSOR == "arm")
    def on_intel = (yield if PROCESSOR == "intel")
  end

  def version = self.class.version
  def prefix = Folder.new(PREFIX)
  def bin = Folder.new("#{PREFIX}/bin")
  def man1 = Folder.new("#{PREFIX}/share/man/man1")

  def generate_completions_from_executable(program, *arguments, shells:)
    return unless NATIVE

    shells.each do |shell|
      text = shell_output("#{program} #{arguments.join(" ")} #{shell}")
      raise "No completion for #{shell}" unless text.include?("pcc")
    end
  end

  def shell_output(command)
    output = `#{command}`
    raise "#{command} failed" unless $CHILD_STATUS.success?

    output
  end

  def assert_match(wanted, text) = text.include?(wanted) || raise("#{text} has no #{wanted}")
end

# Cask has the words of casks; what it installs needs a Mac.
class Cask
  include Words
  attr_reader :artifacts

  def initialize(&block)
    @artifacts = []
    instance_eval(&block)
  end

  def appdir = "/Applications"
  def name(_name) = nil
  def app(name) = @artifacts << name
  def binary(path) = @artifacts << path

  def zap(what)
    raise "Homebrew knows no such words: #{what}" unless what.keys == %i[launchctl trash] && what[:trash].sort == what[:trash]
  end
end

def cask(token, &block)
  raise "The file of #{token} has another name" unless File.basename(FILE) == "#{token}.rb"

  given = Cask.new(&block)
  given.package
  raise "Not from the bundle: #{given.artifacts}" unless given.artifacts.last == "/Applications/#{given.artifacts.first}/Contents/MacOS/pcc"

  puts given.artifacts
end

load FILE
exit unless Formula.last

formula = Formula.last
package = formula.package
Dir.mktmpdir do |folder|
  raise "Not unpacked: #{package}" unless system("tar", "-xf", package, "-C", folder)

  Dir.chdir(Dir.glob("#{folder}/*").first) { formula.new.install }
end
raise "pcc was not installed" unless File.executable?("#{PREFIX}/bin/pcc")

formula.new.instance_eval(&formula.check) if NATIVE
puts formula.new.caveats
