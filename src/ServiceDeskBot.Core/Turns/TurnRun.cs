using ServiceDeskBot.Core.Conversations;

namespace ServiceDeskBot.Core.Turns;

/// <summary>A delivery on its way to an answer.</summary>
internal sealed class TurnRun(Turn turn)
{
    public Turn Turn => turn;

    /// <summary>Its inbox row; <c>null</c> until it has one.</summary>
    public long? Seq { get; set; }

    /// <summary>True for a second delivery: nothing was decided, the stored answer is given again.</summary>
    public bool WasDecidedBefore { get; set; }

    /// <summary>Faults only with <see cref="StoreUnavailableException"/>, and only when nothing is stored.</summary>
    public TaskCompletionSource<Answer> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
