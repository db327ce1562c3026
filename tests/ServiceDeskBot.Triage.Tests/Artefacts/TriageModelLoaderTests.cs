using ServiceDeskBot.Triage.Artefacts;
using Xunit;

namespace ServiceDeskBot.Triage.Tests.Artefacts;

public sealed class TriageModelLoaderTests : IDisposable
{
    private readonly SampleData _data = new();

    [Fact]
    public void Load_NoFile_RunsOnRulesAndSaysWhy()
    {
        var loaded = TriageModelLoader.Load(_data.PathOf("triage.bin"));

        Assert.True(loaded.IsFallback);
        Assert.Equal("rules", loaded.Model.Version);
        Assert.Contains("there is no such file", loaded.Problem, StringComparison.Ordinal);
        Assert.Contains("keyword rules", loaded.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SingleColumnModel_RunsOnRulesAndSaysWhy()
    {
        _data.Train(_data.WriteTable());

        var loaded = TriageModelLoader.Load(_data.PathOf("model.bin"));

        Assert.True(loaded.IsFallback);
        Assert.Contains("was trained on a single column", loaded.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(500)]
    [InlineData(-1)]
    public void Read_OneByteChanged_IsRefused(int at)
    {
        _data.Train(_data.WriteTable());
        var bytes = File.ReadAllBytes(_data.PathOf("model.bin"));
        bytes[at < 0 ? bytes.Length - 1 : at] ^= 1;

        Assert.IsType<ArtefactReading.Refused>(Artefact.Read(bytes, "model.bin"));
    }

    [Fact]
    public void Read_CutShort_IsRefused()
    {
        _data.Train(_data.WriteTable());
        var bytes = File.ReadAllBytes(_data.PathOf("model.bin"));

        Assert.IsType<ArtefactReading.Refused>(Artefact.Read(bytes.AsSpan(0, bytes.Length / 2), "model.bin"));
        Assert.IsType<ArtefactReading.Refused>(Artefact.Read([], "model.bin"));
    }

    public void Dispose() => _data.Dispose();
}
