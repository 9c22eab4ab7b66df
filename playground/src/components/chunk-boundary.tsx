import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components'
import { Component, type ReactNode } from 'react'

interface ChunkBoundaryProps {
  /** What is missing when it fails: "The editor". */
  what: string
  onRetry: () => void
  children: ReactNode
}

/** Keeps the rest of a page alive when one lazy part of it does not arrive. Mount it anew (`key`) to try again. */
export class ChunkBoundary extends Component<ChunkBoundaryProps, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <MessageBar intent="error" layout="multiline" role="alert">
        <MessageBarBody>{this.props.what} did not arrive. Check the connection, then try again.</MessageBarBody>
        <MessageBarActions>
          <Button onClick={this.props.onRetry}>Try again</Button>
          <Button onClick={() => location.reload()}>Reload Lumen</Button>
        </MessageBarActions>
      </MessageBar>
    )
  }
}
