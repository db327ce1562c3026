using Xunit;

namespace ServiceDeskBot.Triage.Tests;

/// <summary>What is learned from must not hold what is judged by: neither the held-out rows nor the corpus of first messages.</summary>
public sealed class TrainingDataTests
{
    /// <summary>Shorter texts ("thanks", "no internet") are alike by nature.</summary>
    private const int FewestWords = 4;

    /// <summary>Two texts are the same one when they share this part of all the words in either.</summary>
    private const double Same = 0.7;

    private static readonly string Root = RepositoryRoot();

    [Fact]
    public void TrainingRows_BesideWhatIsJudgedBy_EchoNone()
    {
        var judged = Texts("models/data/heldout.tsv")
            .Concat(Directory.GetFiles(Path.Combine(Root, "tests/ServiceDeskBot.EndToEnd.Tests/FirstMessages"), "*.tsv").SelectMany(Texts))
            .Select(text => (Text: text, Words: WordsOf(text)))
            .Where(one => one.Words.Count >= FewestWords)
            .ToList();
        var byWord = judged.SelectMany(one => one.Words.Select(word => (word, one))).ToLookup(pair => pair.word, pair => pair.one, StringComparer.Ordinal);

        var echoes = new List<string>();
        foreach (var text in Texts("models/data/train.tsv"))
        {
            var words = WordsOf(text);
            var echoed = words.SelectMany(word => byWord[word]).GroupBy(one => one.Text, StringComparer.Ordinal)
                .FirstOrDefault(found => found.Count() >= Same * (words.Count + found.First().Words.Count - found.Count()));
            if (echoed is not null)
            {
                echoes.Add($"{text}  ~  {echoed.Key}");
            }
        }

        Assert.Empty(echoes);
    }

    [Fact]
    public void TrainingRows_Labels_AreThoseOfTheContract()
    {
        string[] reported = ["incident", "request"];
        foreach (var row in File.ReadLines(Path.Combine(Root, "models/data/train.tsv")).Skip(1).Select(line => line.Split('\t')))
        {
            Assert.Equal(7, row.Length);
            Assert.Equal(row[1] is "question" || reported.Contains(row[1]), row[2].Length > 0);
            Assert.Equal(reported.Contains(row[1]), row[3].Length > 0);
            Assert.Equal(reported.Contains(row[1]), row[4].Length > 0);
        }
    }

    private static IEnumerable<string> Texts(string file) => File.ReadLines(Path.Combine(Root, file)).Skip(1).Select(line => line.Split('\t')[0]);

    private static HashSet<string> WordsOf(string text) =>
        [.. new string([.. text.Replace("\\n", " ", StringComparison.Ordinal).ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ServiceDeskBot.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }
}
