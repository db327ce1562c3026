using ServiceDeskBot.Triage.Model;
using Xunit;

namespace ServiceDeskBot.Triage.Tests;

public sealed class TextClassifierTests(TextClassifierTests.Trained trained) : IClassFixture<TextClassifierTests.Trained>
{
    public static TheoryData<string> StrangeTexts => new(
        "", " \t\n", new string('a', 100_000), string.Concat(Enumerable.Repeat("zq xj kv ", 11_000)), "🙂🙂🎉🔥", "\ud83d", "\udc00 \ud800\ud800",
        "プリンターが壊れています", "принтер не работает", "\u0000\u0001\ufffe\uffff", "ﷺﷺﷺﷺ");

    [Theory]
    [MemberData(nameof(StrangeTexts))]
    public void Classify_StrangeText_Abstains(string text) => Assert.True(trained.Classifier.Classify(text).Abstain);

    [Fact]
    public void Classify_LikeTraining_Decides()
    {
        var answer = trained.Classifier.Classify("our printer jams on every page");

        Assert.False(answer.Abstain);
        Assert.InRange(answer.Confidence, 0.6f, 1f);
    }

    [Fact]
    public void Classify_ManyTimes_AllocatesNothing()
    {
        const string text = "the wifi in the warehouse keeps dropping and nobody can work, please help us before the truck leaves today at four";
        trained.Classifier.Classify(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            trained.Classifier.Classify(text);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task Read_FromManyThreads_AnswersAlike()
    {
        var texts = SampleData.Rows.Select(row => row.Text).ToArray();
        var alone = texts.Select(text => trained.Classifier.Classify(text)).ToArray();

        var together = await Task.WhenAll(texts.Select(text => Task.Run(() => trained.Classifier.Classify(text))));

        Assert.Equal(alone, together);
    }

    [Fact]
    public void Read_Explained_NamesTheTellingWords()
    {
        var (guesses, reasons) = trained.Classifier.Read("hello, the printer is out of toner", [0]);

        Assert.Equal("printing", guesses[0].Label);
        Assert.Equal(guesses[0].Label, guesses[0].Candidates[0]);
        Assert.Contains(reasons, reason => reason.Contains("printer", StringComparison.Ordinal) || reason.Contains("toner", StringComparison.Ordinal));
        Assert.InRange(reasons.Count, 1, 8);
    }

    public sealed class Trained : IDisposable
    {
        private readonly SampleData _data = new();

        public Trained() => Classifier = _data.TrainAndLoad();

        public TextClassifier Classifier { get; }

        public void Dispose() => _data.Dispose();
    }
}
