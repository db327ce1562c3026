using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Triage.Similarity;
using Xunit;

namespace ServiceDeskBot.Triage.Tests.Similarity;

public sealed class SimilarityIndexTests : IDisposable
{
    private readonly SimilarityIndex _index = new();

    [Fact]
    public void Nearest_LikeTexts_BestFirst()
    {
        _index.Put(SimilarKind.OpenTicket, "INC-1", "warehouse wifi keeps dropping");
        _index.Put(SimilarKind.OpenTicket, "INC-2", "printer out of toner");
        _index.Put(SimilarKind.OpenTicket, "INC-3", "wifi in the canteen is slow");

        var found = _index.Nearest("the wifi in the warehouse is dropping", SimilarKind.OpenTicket, 5);

        Assert.Equal(["INC-1", "INC-3"], found.Select(similar => similar.Id));
        Assert.True(found[0].Score > found[1].Score);
    }

    [Fact]
    public void Nearest_OtherKind_IsApart()
    {
        _index.Put(SimilarKind.Article, "wifi", "wifi help");

        Assert.Empty(_index.Nearest("wifi help", SimilarKind.OpenTicket, 5));
    }

    [Fact]
    public void Put_SameIdAgain_Replaces()
    {
        _index.Put(SimilarKind.OpenTicket, "INC-1", "printer jam");
        _index.Put(SimilarKind.OpenTicket, "INC-1", "vpn timeout");

        Assert.Empty(_index.Nearest("printer jam", SimilarKind.OpenTicket, 5));
        Assert.Equal("INC-1", Assert.Single(_index.Nearest("vpn timeout", SimilarKind.OpenTicket, 5)).Id);
    }

    [Fact]
    public void Remove_KnownAndUnknown_Forgets()
    {
        _index.Put(SimilarKind.OpenTicket, "INC-1", "printer jam");

        _index.Remove(SimilarKind.OpenTicket, "INC-1");
        _index.Remove(SimilarKind.OpenTicket, "INC-9");

        Assert.Empty(_index.Nearest("printer jam", SimilarKind.OpenTicket, 5));
    }

    [Fact]
    public void Put_MoreTicketsThanAreKept_ForgetsTheOldest()
    {
        _index.Put(SimilarKind.SolvedTicket, "INC-1", "printer jam");
        _index.Put(SimilarKind.SolvedTicket, "INC-2", "scanner lamp");
        _index.Put(SimilarKind.SolvedTicket, "INC-1", "printer jam in the canteen");
        for (var n = 3; n <= SimilarityIndex.MostTickets; n++)
        {
            _index.Put(SimilarKind.SolvedTicket, $"INC-{n}", "vpn timeout");
        }

        Assert.Equal("INC-2", Assert.Single(_index.Nearest("scanner lamp", SimilarKind.SolvedTicket, 5)).Id);
        _index.Put(SimilarKind.SolvedTicket, "INC-new", "vpn timeout");

        Assert.Empty(_index.Nearest("scanner lamp", SimilarKind.SolvedTicket, 5));
        Assert.Equal("INC-1", Assert.Single(_index.Nearest("printer jam", SimilarKind.SolvedTicket, 5)).Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("🙂")]
    [InlineData("\ud800")]
    public void Nearest_StrangeText_FindsNothing(string text)
    {
        _index.Put(SimilarKind.OpenTicket, "INC-1", "printer jam");

        Assert.Empty(_index.Nearest(text, SimilarKind.OpenTicket, 5));
    }

    [Fact]
    public void Nearest_ThousandsOfTextsComingAndGoing_SameAsScoringAll()
    {
        var words = Enumerable.Range(0, 400).Select(i => $"word{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}").ToArray();
        var dice = new Random(4);
        string Sentence() => string.Join(' ', Enumerable.Range(0, dice.Next(3, 30)).Select(_ => words[(int)(words.Length * Math.Pow(dice.NextDouble(), 3))]));
        for (var i = 0; i < 6_000; i++)
        {
            _index.Put(SimilarKind.SolvedTicket, $"{i % 4_000}", Sentence());
            if (i % 3 == 0)
            {
                _index.Remove(SimilarKind.SolvedTicket, $"{i / 2}");
            }
        }

        for (var query = 0; query < 60; query++)
        {
            var text = Sentence();
            var exact = _index.Exhaustive(text, SimilarKind.SolvedTicket, 10);
            var found = _index.Nearest(text, SimilarKind.SolvedTicket, 10);

            Assert.Equal(exact.Select(similar => similar.Score), found.Select(similar => similar.Score), (a, b) => Math.Abs(a - b) < 1e-4);
        }
    }

    public void Dispose() => _index.Dispose();
}
